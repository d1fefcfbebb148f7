package dev.holdfast.dataplane.admin.access;

import java.util.Locale;

/** What a caller may do; each constant includes the ones before it. */
public enum Scope {
  NONE,
  READ,
  /** A server may say that it is unwell. */
  REPORT_UNHEALTHY,
  ADMIN;

  /** As it is written in a token file. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public boolean covers(Scope needed) {
    return compareTo(needed) >= 0;
  }
}
