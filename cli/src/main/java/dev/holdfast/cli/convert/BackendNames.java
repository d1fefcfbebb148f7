package dev.holdfast.cli.convert;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Names backends after their hosts: as short as they can be told apart, and DNS labels all. */
final class BackendNames {
  private static final int MAX_LENGTH = 63;

  private BackendNames() {}

  /** One name for each endpoint, in order; all different. */
  static List<String> of(List<Endpoint> endpoints) {
    return Stream.<Function<Endpoint, String>>of(
            BackendNames::firstLabel, Endpoint::host, Endpoint::toString)
        .map(naming -> endpoints.stream().map(naming).map(BackendNames::label).toList())
        .filter(BackendNames::different)
        .findFirst()
        .orElseGet(() -> numbered(endpoints.size()));
  }

  private static String firstLabel(Endpoint endpoint) {
    var host = endpoint.host();
    var isName = host.chars().anyMatch(c -> c > '9' && c != ':') && !host.contains(":");
    return isName ? host.split("\\.", 2)[0] : host;
  }

  private static String label(String text) {
    var label = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return label.replaceAll("^-+|-+$", "");
  }

  private static boolean different(List<String> names) {
    return new HashSet<>(names).size() == names.size()
        && names.stream().allMatch(name -> !name.isEmpty() && name.length() <= MAX_LENGTH);
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "backend-" + i).toList();
  }
}
