package dev.holdfast.floatingip.fake;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A token of a project.
 *
 * @param name how the journal calls it
 */
public record ProjectToken(String name, String value, Scope scope) {
  private static final int BYTES = 32;

  public ProjectToken {
    Seed.required("the name of a token", name);
    Seed.required("the value of token '" + name + "'", value);
    scope = scope == null ? Scope.ReadWrite : scope;
  }

  /** What a token may do. */
  public enum Scope {
    ReadWrite,
    ReadOnly,
    Revoked
  }

  /** A value that nobody can guess. */
  public static String newValue() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  ProjectToken revoked() {
    return new ProjectToken(name, value, Scope.Revoked);
  }

  @Override
  public String toString() {
    return "ProjectToken[" + name + ", " + scope + "]";
  }
}
