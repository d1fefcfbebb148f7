package dev.holdfast.dataplane.admin;

import dev.holdfast.dataplane.admin.access.AccessPolicy;
import dev.holdfast.dataplane.admin.access.BrowserHeaders;
import dev.holdfast.dataplane.admin.access.ClientCertificate;
import dev.holdfast.dataplane.admin.access.Credentials;
import dev.holdfast.dataplane.admin.access.FollowedFiles;
import dev.holdfast.dataplane.admin.access.Scope;
import dev.holdfast.dataplane.admin.access.TlsMaterial;
import dev.holdfast.dataplane.admin.access.Tokens;
import dev.holdfast.dataplane.admin.http.FrontDoor;
import dev.holdfast.dataplane.admin.http.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Lets in who may come in, by the files as they are now. */
final class AdminDoor implements FrontDoor {
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([^\\s]+) *");

  private final @Nullable String loopbackHost;
  private final @Nullable FollowedFiles<Tokens> tokens;
  private final @Nullable FollowedFiles<TlsMaterial> tls;

  AdminDoor(
      InetAddress bound,
      @Nullable FollowedFiles<Tokens> tokens,
      @Nullable FollowedFiles<TlsMaterial> tls) {
    this.loopbackHost = bound.isLoopbackAddress() ? host(bound) : null;
    this.tokens = tokens;
    this.tls = tls;
  }

  private static String host(InetAddress address) {
    var text = NetUtil.toAddressString(address);
    return text.contains(":") ? "[" + text + "]" : text;
  }

  @Override
  public Verdict ask(HttpRequest head, @Nullable SSLSession session, Scope needed) {
    var headers = head.headers();
    var foreign =
        BrowserHeaders.refuse(
            loopbackHost,
            headers.getAll(HttpHeaderNames.HOST),
            headers.getAll(HttpHeaderNames.ORIGIN));
    if (foreign.isPresent()) {
      return refused(new Refusal(403, "ForeignSite", foreign.get()));
    }
    var authorization = headers.getAll(HttpHeaderNames.AUTHORIZATION);
    if (authorization.isEmpty()) {
      return decide(new Credentials(null, names(session)), needed);
    }
    var bearer = BEARER.matcher(authorization.getFirst());
    if (authorization.size() > 1 || !bearer.matches()) {
      return unauthorized("expected one Authorization header of the form `Bearer TOKEN`");
    }
    return decide(new Credentials(bearer.group(1), names(session)), needed);
  }

  private static @Nullable List<String> names(@Nullable SSLSession session) {
    return session == null ? null : ClientCertificate.names(session);
  }

  private Verdict decide(Credentials credentials, Scope needed) {
    var verdict =
        AccessPolicy.decide(
            loopbackHost != null,
            tokens == null ? Tokens.none() : tokens.current(),
            tls == null ? List.of() : tls.current().ownNames(),
            credentials,
            needed);
    return switch (verdict) {
      case AccessPolicy.Verdict.Granted(var caller) -> new Verdict.Admitted(caller);
      case AccessPolicy.Verdict.Forbidden(var message) ->
          refused(new Refusal(403, "Forbidden", message));
      case AccessPolicy.Verdict.Unauthorized(var message) -> unauthorized(message);
    };
  }

  private static Verdict unauthorized(String message) {
    return refused(new Refusal(401, "Unauthorized", message, Map.of("WWW-Authenticate", "Bearer")));
  }

  private static Verdict refused(Refusal refusal) {
    return new Verdict.Refused(refusal);
  }
}
