package dev.holdfast.dataplane.admin.http;

import dev.holdfast.dataplane.admin.access.Caller;
import dev.holdfast.dataplane.admin.access.Scope;
import io.netty.handler.codec.http.HttpRequest;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Looks at a request's header before its body is read. */
public interface FrontDoor {

  /**
   * @param session null without TLS
   * @param needed what the route asks for; {@link Scope#READ} when there is no such route, so that
   *     a stranger does not learn which ones there are
   */
  Verdict ask(HttpRequest head, @Nullable SSLSession session, Scope needed);

  sealed interface Verdict {
    record Admitted(Caller caller) implements Verdict {}

    record Refused(Refusal refusal) implements Verdict {}
  }

  /** Lets everybody in. */
  static FrontDoor open() {
    return (head, session, needed) -> new Verdict.Admitted(new Caller("anyone", Scope.READ));
  }
}
