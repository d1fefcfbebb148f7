package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(OnCluster.class)
class ManifestsE2E {
  private static final Path TABLE = Path.of("../crds/src/test/resources/manifests");
  private static final Path CONVERTED = Path.of("../cli/src/test/resources/converted");
  private static final Kubectl KUBECTL = new Kubectl("default");

  /** The table that {@code holdfast check} is tested against. */
  static Stream<Path> valid() throws IOException {
    return Stream.concat(
        files(TABLE.resolve("valid")),
        Stream.of("failoverproxy", "stickybalancer")
            .map(example -> Path.of("../examples/%s.yaml".formatted(example))));
  }

  static Stream<Path> invalid() throws IOException {
    return files(TABLE.resolve("invalid"));
  }

  static Stream<Path> converted() throws IOException {
    return files(CONVERTED);
  }

  private static Stream<Path> files(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("the API server takes what holdfast check takes")
  @MethodSource("valid")
  void accepted(Path manifest) {
    KUBECTL.run("apply", "--dry-run=server", "-f", manifest.toString());
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("the API server takes what holdfast convert prints")
  @MethodSource("converted")
  void acceptedConversion(Path manifest) {
    KUBECTL.run("apply", "--dry-run=server", "-f", manifest.toString());
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("the API server refuses what holdfast check refuses, and gives the same reasons")
  @MethodSource("invalid")
  void refused(Path manifest) throws IOException {
    var answer = KUBECTL.attempt("apply", "--dry-run=server", "-f", manifest.toString());

    assertThat(answer.succeeded()).as(answer.output()).isFalse();
    assertThat(reasons(manifest)).isNotEmpty().allMatch(answer.output()::contains);
  }

  private static List<String> reasons(Path manifest) throws IOException {
    var mark = "# error: ";
    try (var lines = Files.lines(manifest)) {
      return lines
          .filter(line -> line.startsWith(mark))
          .map(line -> line.substring(mark.length()))
          .toList();
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("a change that cannot be taken is refused in words that name the field")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"storage": {"size": "2Gi"}}                 | storage is immutable
          {"storage": {"type": "PersistentVolumeClaim"}} | storage is immutable
          {"replicas": 2}                              | replicas must be
          {"listen": {"port": 0}}                      | spec.listen.port
          {"backends": []}                             | exactly one of backends and discovery must be set
          {"selection": {"connectTimeout": "soon"}}    | spec.selection.connectTimeout
          """)
  void refusedChange(String spec, String message, TestNamespace namespace) {
    namespace.kubectl().apply(ProxyManifest.of("postgres", "pg-0").with("paused: true").toString());
    var patch = "{\"spec\": " + spec + "}";

    var answer =
        namespace.kubectl().attempt("patch", "fop", "postgres", "--type=merge", "-p", patch);

    assertThat(answer.succeeded()).as(answer.output()).isFalse();
    assertThat(answer.output()).contains(message);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("a change of a balancer that cannot be taken is refused in words")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"op": "replace", "path": "/spec/groups/0/name", "value": "red"}, {"op": "replace", "path": "/spec/groups/0/host", "value": "red.db"}] | name and hosts of an id must not change together
          [{"op": "replace", "path": "/spec/replication/storage/size", "value": "2Gi"}] | storage is immutable
          [{"op": "replace", "path": "/spec/replicas", "value": 2}] | replicas must be
          [{"op": "replace", "path": "/spec/groups/1/name", "value": "blue"}] | groups must have different names
          """)
  void refusedBalancerChange(String patch, String message, TestNamespace namespace) {
    namespace.kubectl().apply(Balancer.manifest("game", "paused: true"));

    var answer = namespace.kubectl().attempt("patch", "stb", "game", "--type=json", "-p", patch);

    assertThat(answer.succeeded()).as(answer.output()).isFalse();
    assertThat(answer.output()).contains(message);
  }

  @Test
  @DisplayName("kubectl scale to a count that cannot agree is refused")
  void refusedScale(TestNamespace namespace) {
    namespace.kubectl().apply(ProxyManifest.of("postgres", "pg-0").with("paused: true").toString());

    var answer = namespace.kubectl().attempt("scale", "fop/postgres", "--replicas=2");

    assertThat(answer.succeeded()).as(answer.output()).isFalse();
    assertThat(answer.output()).contains("replicas must be");
  }
}
