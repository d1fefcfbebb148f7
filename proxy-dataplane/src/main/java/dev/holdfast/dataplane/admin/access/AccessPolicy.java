package dev.holdfast.dataplane.admin.access;

import java.util.List;

/**
 * Decides what a request may do. On loopback anybody may read and a write needs a credential;
 * elsewhere everything needs one.
 */
public final class AccessPolicy {
  private static final String OPERATOR = "operator.";

  private AccessPolicy() {}

  public sealed interface Verdict {
    record Granted(Caller caller) implements Verdict {}

    /** The credential is missing or wrong; the message does not tell a stranger anything new. */
    record Unauthorized(String message) implements Verdict {}

    /** The caller is known, but may not do this. */
    record Forbidden(String message) implements Verdict {}
  }

  /**
   * @param loopback whether the server is bound to a loopback address
   * @param ownNames DNS names of the server's own certificate; a client certificate for {@code
   *     operator.} and one of them may do everything, any other one of the same CA may read
   */
  public static Verdict decide(
      boolean loopback,
      Tokens tokens,
      List<String> ownNames,
      Credentials credentials,
      Scope needed) {
    var caller = new Caller("anyone", loopback ? Scope.READ : Scope.NONE);
    var names = credentials.certificateNames();
    if (names != null) {
      caller = ofCertificate(names, ownNames);
    }
    var bearer = credentials.bearer();
    if (bearer != null) {
      var found = tokens.find(bearer);
      if (found.isEmpty()) {
        return new Verdict.Unauthorized("the bearer token is not one of this server's tokens");
      }
      if (!caller.scope().covers(found.get().scope())) {
        caller = found.get();
      }
    }
    return verdict(caller, needed, bearer != null || names != null);
  }

  private static Verdict verdict(Caller caller, Scope needed, boolean identified) {
    if (caller.scope().covers(needed)) {
      return new Verdict.Granted(caller);
    }
    return identified
        ? new Verdict.Forbidden("this needs the scope " + needed)
        : new Verdict.Unauthorized("this needs a bearer token or a client certificate");
  }

  private static Caller ofCertificate(List<String> names, List<String> ownNames) {
    return names.stream()
        .filter(name -> ownNames.stream().anyMatch(own -> name.equalsIgnoreCase(OPERATOR + own)))
        .findFirst()
        .map(name -> new Caller("certificate " + name, Scope.ADMIN))
        .orElseGet(() -> new Caller("certificate " + String.join(",", names), Scope.READ));
  }
}
