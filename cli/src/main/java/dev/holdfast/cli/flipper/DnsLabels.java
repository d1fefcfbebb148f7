package dev.holdfast.cli.flipper;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Makes names for resources and checks out of ids, which may be any text. */
final class DnsLabels {
  private static final int MAX_LENGTH = 50;

  private DnsLabels() {}

  /**
   * One DNS label for each id, in order, all different.
   *
   * @param kind what they are called, with a number, when ids make no distinct names
   */
  static List<String> of(List<String> ids, String kind) {
    var labels = ids.stream().map(DnsLabels::label).toList();
    var distinct =
        new HashSet<>(labels).size() == labels.size()
            && labels.stream().allMatch(label -> !label.isEmpty() && label.length() <= MAX_LENGTH);
    return distinct
        ? labels
        : IntStream.range(0, ids.size()).mapToObj(i -> kind + "-" + i).toList();
  }

  private static String label(String id) {
    return id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
  }
}
