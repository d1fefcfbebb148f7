package dev.holdfast.cli.tcpffee;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The proxies that share a table.
 *
 * @param port on which each of them finds the others
 */
record Peers(List<Peer> all, int port) {
  static final int DEFAULT_PORT = 2342;

  /** None and one are the same: a proxy that stands alone. */
  static final Set<Integer> COUNTS = Set.of(0, 1, 3, 5, 7);

  private static final Pattern HARDWARE = Pattern.compile("[0-9a-f]{2}([:-][0-9a-f]{2}){5}");

  /**
   * @param hardware the address of one of its interfaces; empty when it is not said
   */
  record Peer(String host, String hardware) {}

  static boolean isHardwareAddress(String text) {
    return HARDWARE.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  boolean several() {
    return all.size() > 1;
  }

  String name(int index) {
    return "peer-" + index;
  }

  /**
   * The one that has one of these interfaces.
   *
   * @param interfaces addresses as {@code 02:00:00:00:00:07}
   * @return its name; empty when none has, or several do, or there is but one
   */
  Optional<String> owner(Set<String> interfaces) {
    var mine =
        IntStream.range(0, all.size())
            .filter(index -> interfaces.contains(canonical(all.get(index).hardware())))
            .mapToObj(this::name)
            .toList();
    return several() && mine.size() == 1 ? Optional.of(mine.getFirst()) : Optional.empty();
  }

  private static String canonical(String hardware) {
    return hardware.toLowerCase(Locale.ROOT).replace('-', ':');
  }
}
