package dev.holdfast.floatingip.group;

import dev.holdfast.floatingip.loop.CheckId.Family;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.CheckSettings;

/**
 * A check of every server of a group. A {@code port} of 0 of its kind is 80, or 443 over TLS.
 *
 * @param name unique in the group
 */
public record GroupCheck(String name, CheckKind kind, Families families, CheckSettings settings) {

  /** Those of a server's addresses that are checked, as far as it has them. */
  public enum Families {
    Both,
    IPv4,
    IPv6;

    boolean include(Family family) {
      return switch (this) {
        case Both -> true;
        case IPv4 -> family == Family.ipv4;
        case IPv6 -> family == Family.ipv6;
      };
    }
  }
}
