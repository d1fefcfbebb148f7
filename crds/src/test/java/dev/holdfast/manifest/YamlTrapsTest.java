package dev.holdfast.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlTrapsTest {
  private final ManifestReader reader = ManifestReader.trustingRules();

  @Test
  @DisplayName("A key that is written twice is refused at its second place")
  void duplicateKey() {
    assertThat(problems("kind: FailoverProxy\napiVersion: holdfast.dev/v1alpha1\nkind: Other\n"))
        .contains("f.yaml:3: kind: key \"kind\" already set in map");
  }

  @Test
  @DisplayName("Aliases of aliases that would fill the memory are refused")
  void aliasBomb() {
    var bomb =
        IntStream.range(1, 30)
            .mapToObj(i -> "a%d: &a%d [*a%d, *a%d]".formatted(i, i, i - 1, i - 1))
            .collect(Collectors.joining("\n", "a0: &a0 [x]\n", "\n"));
    assertThat(problems(bomb)).singleElement().asString().contains("aliases followed");
  }

  @Test
  @DisplayName("An alias of what it stands in is refused")
  void aliasLoop() {
    assertThat(problems("a: &a [*a]\n")).singleElement().asString().contains("aliases followed");
    assertThat(problems("a: &a\n  <<: *a\n")).singleElement().asString().contains("f.yaml");
  }

  @Test
  @DisplayName("Deep nesting is refused")
  void deepNesting() {
    assertThat(problems("a: " + "[".repeat(10_000))).singleElement().asString().contains("epth");
  }

  @Test
  @DisplayName("A tag of a programming language is refused, not run")
  void tags() {
    assertThat(problems("kind: !!javax.script.ScriptEngineManager [x]\n"))
        .singleElement()
        .asString()
        .contains("f.yaml:1: is not YAML: Global tag is not allowed");
    assertThat(problems("kind: !secret x\n"))
        .contains("f.yaml:1: kind: tag !secret is not supported; leave it out");
  }

  @Test
  @DisplayName("What follows a syntax error is not read, what stands before it is")
  void syntaxError() {
    var read =
        reader.read(
            "f.yaml",
            """
            apiVersion: holdfast.dev/v1alpha1
            kind: FailoverProxy
            metadata: {name: a}
            spec: {listen: {port: 1}, backends: [{name: a, host: a, port: 1}]}
            ---
            kind: [
            """);
    assertThat(read.manifests()).hasSize(1);
    assertThat(read.problems()).singleElement().asString().startsWith("f.yaml:7: is not YAML: ");
  }

  @Test
  @DisplayName("A text without a resource is refused, so that an emptied file stops nothing unseen")
  void empty() {
    for (var text : List.of("", "# nothing\n", "---\n---\n")) {
      assertThat(problems(text))
          .containsExactly("f.yaml: expected one or more resources, found none");
    }
  }

  @Test
  @DisplayName("A document that is no object, or says no kind, is refused")
  void noResource() {
    assertThat(problems("- a\n")).singleElement().asString().contains("expected a resource");
    assertThat(problems("spec: {}\n"))
        .containsExactly("f.yaml:1: apiVersion: Required value", "f.yaml:1: kind: Required value");
  }

  @Test
  @DisplayName("A file that is too large, absent, or no text is refused and the others are read")
  void files(@TempDir Path directory) throws IOException {
    var large = directory.resolve("large.yaml");
    Files.writeString(large, "#".repeat(ManifestReader.MAX_FILE_SIZE + 1));
    var binary = Files.write(directory.resolve("b"), "ä".getBytes(StandardCharsets.ISO_8859_1));
    var read =
        reader.read(
            List.of(
                large,
                directory.resolve("absent"),
                binary,
                Path.of("../examples/failoverproxy.yaml")));
    assertThat(read.manifests()).hasSize(1);
    assertThat(read.problems())
        .extracting(Problem::message)
        .satisfiesExactly(
            first -> assertThat(first).contains("expected at most 3145728 bytes"),
            second -> assertThat(second).contains("NoSuchFileException"),
            third -> assertThat(third).contains("expected UTF-8"));
  }

  private List<String> problems(String text) {
    return reader.read("f.yaml", text).problems().stream().map(Problem::toString).toList();
  }
}
