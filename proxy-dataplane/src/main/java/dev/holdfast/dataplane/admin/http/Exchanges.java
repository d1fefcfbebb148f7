package dev.holdfast.dataplane.admin.http;

import dev.holdfast.dataplane.admin.access.Caller;
import dev.holdfast.dataplane.admin.access.Scope;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What all connections of one server share: what is answered to whom, within which bounds. */
record Exchanges(Router router, FrontDoor door, HttpLimits limits, HttpCounters counters) {

  sealed interface Opening {
    /** The body may be read, then the route's handler is asked. */
    record Admitted(
        Route route,
        Map<String, String> variables,
        Map<String, String> query,
        @Nullable String contentType,
        Caller caller)
        implements Opening {}

    record Refused(Refusal refusal) implements Opening {}
  }

  /** Judges a request by its header alone. */
  Opening open(HttpRequest head, @Nullable SSLSession session) {
    if (head.decoderResult().isFailure()) {
      return new Opening.Refused(malformed(head.decoderResult().cause()));
    }
    var match = router.find(head.method().name(), head.uri());
    var needed = match instanceof Router.Match.Found found ? found.route().scope() : Scope.READ;
    return switch (door.ask(head, session, needed)) {
      case FrontDoor.Verdict.Refused refused -> new Opening.Refused(refused.refusal());
      case FrontDoor.Verdict.Admitted admitted -> open(head, match, admitted.caller());
    };
  }

  private static Opening open(HttpRequest head, Router.Match match, Caller caller) {
    return switch (match) {
      case Router.Match.None none -> new Opening.Refused(none.refusal());
      case Router.Match.Found found ->
          HttpUtil.getContentLength(head, 0L) > found.route().maxBody()
              ? new Opening.Refused(tooLarge(found.route()))
              : new Opening.Admitted(
                  found.route(), found.variables(), found.query(), contentType(head), caller);
    };
  }

  static Refusal tooLarge(Route route) {
    return new Refusal(
        413,
        "ContentTooLarge",
        "the body of %s %s may have at most %d bytes"
            .formatted(route.method(), route.template(), route.maxBody()));
  }

  static Refusal malformed(Throwable cause) {
    return switch (cause) {
      case TooLongHttpHeaderException _ ->
          new Refusal(431, "HeadersTooLarge", "the request's header lines are too long");
      case TooLongHttpLineException _ ->
          new Refusal(414, "UriTooLong", "the request line is too long");
      default -> Refusal.badRequest("this is not a valid HTTP/1.1 request");
    };
  }

  private static @Nullable String contentType(HttpRequest head) {
    var type = head.headers().get(HttpHeaderNames.CONTENT_TYPE);
    return type == null ? null : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
