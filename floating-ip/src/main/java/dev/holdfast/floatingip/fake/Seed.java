package dev.holdfast.floatingip.fake;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a fake cloud begins with. */
public record Seed(List<ProjectSeed> projects, FakeSettings settings) {

  public Seed {
    projects = List.copyOf(projects);
    if (projects.isEmpty()) {
      throw new IllegalArgumentException("expected at least one project, found none");
    }
    var values = new HashSet<String>();
    for (var project : projects) {
      for (var token : project.tokens()) {
        if (!values.add(token.value())) {
          throw new IllegalArgumentException("two tokens are the same: '" + token.name() + "'");
        }
      }
    }
  }

  /** A text that a state file must have. */
  static String required(String what, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("expected " + what + ", found none");
    }
    return value;
  }

  /** Two locations, three servers, four floating IPs: enough to see them move. */
  public static Seed sample(ProjectToken token, FakeSettings settings) {
    var labels = Map.of("environment", "demo");
    var servers =
        List.of(
            new ServerSeed(41, "lb-1", "fsn1", "192.0.2.41", "2001:db8:41::/64", labels),
            new ServerSeed(42, "lb-2", "fsn1", "192.0.2.42", "2001:db8:42::/64", labels),
            new ServerSeed(43, "lb-3", "nbg1", "192.0.2.43", "2001:db8:43::/64", labels));
    var ips =
        List.of(
            new FloatingIpSeed(1, "web-a", "198.51.100.1", "fsn1", 41L, labels),
            new FloatingIpSeed(2, "web-b", "198.51.100.2", "fsn1", 42L, labels),
            new FloatingIpSeed(3, "web-c", "198.51.100.3", "nbg1", 43L, labels),
            new FloatingIpSeed(4, "web-d", "2001:db8:4::/64", "nbg1", null, labels));
    return new Seed(List.of(new ProjectSeed("demo", List.of(token), servers, ips)), settings);
  }
}
