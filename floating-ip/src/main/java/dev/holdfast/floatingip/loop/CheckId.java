package dev.holdfast.floatingip.loop;

/** How the checks of a server are called: the check's name, and the address family. */
public final class CheckId {
  static final String SEPARATOR = "__";

  private CheckId() {}

  public enum Family {
    ipv4,
    ipv6
  }

  /** Such as {@code web__ipv4}. */
  public static String of(String check, Family family) {
    return check + SEPARATOR + family.name();
  }
}
