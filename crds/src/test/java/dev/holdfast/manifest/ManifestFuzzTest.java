package dev.holdfast.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ManifestFuzzTest {
  private static final int MUTATIONS = 4_000;
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "-",
          "\n",
          "\t",
          "'",
          "\"",
          "#",
          "&a ",
          "*a",
          "<<: ",
          "!!int ",
          "|",
          ">",
          "? ",
          "null",
          "~",
          "true",
          "on",
          "0",
          "-1",
          "99999999999999999999",
          ".nan",
          "1e9",
          "0x",
          "\u0000",
          "\uD800",
          "\uFEFF",
          "é",
          "---\n",
          "...\n",
          "%YAML 9.9\n",
          "5s",
          "@",
          "`",
          "\\x");

  private final ManifestReader reader = ManifestReader.checkingRules();

  @Test
  @DisplayName("A mutilated manifest gives manifests or problems, and never anything else")
  void mutations() {
    var random = new Random(20260101);
    var texts = ManifestTable.valid().map(ManifestTable::text).toList();
    for (int i = 0; i < MUTATIONS; i++) {
      var text = texts.get(random.nextInt(texts.size()));
      for (int edits = random.nextInt(4); edits >= 0; edits--) {
        text = mutate(text, random);
      }
      assertThat(judge(text)).as("manifests or problems of:%n%s", text).isTrue();
    }
  }

  private boolean judge(String text) {
    try {
      var read = reader.read("fuzz.yaml", text);
      read.manifests().forEach(ManifestFuzzTest::bind);
      return !read.manifests().isEmpty() || !read.problems().isEmpty();
    } catch (RuntimeException e) {
      throw new AssertionError("the reader threw for:\n" + text, e);
    }
  }

  private static Object bind(Manifest manifest) {
    return switch (manifest.kind()) {
      case "FloatingIpGroup" -> SpecBinder.floatingIpGroup(manifest);
      case "StickyBalancer" -> SpecBinder.stickyBalancer(manifest);
      default -> SpecBinder.failoverProxy(manifest);
    };
  }

  private static String mutate(String text, Random random) {
    var from = random.nextInt(text.length() + 1);
    var to = Math.min(text.length(), from + random.nextInt(12));
    var other = random.nextInt(text.length() + 1);
    return switch (random.nextInt(5)) {
      case 0 -> text.substring(0, from) + text.substring(to);
      case 1 ->
          text.substring(0, from) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(to);
      case 2 ->
          text.substring(0, from)
              + PIECES.get(random.nextInt(PIECES.size()))
              + text.substring(from);
      case 3 -> text.substring(0, other) + text.substring(from, to) + text.substring(other);
      default -> text.substring(0, from) + (char) random.nextInt(0x2100) + text.substring(from);
    };
  }
}
