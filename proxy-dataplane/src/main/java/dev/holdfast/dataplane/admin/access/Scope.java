package dev.holdfast.dataplane.admin.access;

/** What a caller may do; each constant includes the ones before it. */
public enum Scope {
  NONE,
  READ,
  ADMIN;

  public boolean covers(Scope needed) {
    return compareTo(needed) >= 0;
  }
}
