package dev.holdfast.floatingip.fake;

/**
 * A token of a project.
 *
 * @param name how the journal calls it
 */
public record ProjectToken(String name, String value, Scope scope) {

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

  ProjectToken revoked() {
    return new ProjectToken(name, value, Scope.Revoked);
  }

  @Override
  public String toString() {
    return "ProjectToken[" + name + ", " + scope + "]";
  }
}
