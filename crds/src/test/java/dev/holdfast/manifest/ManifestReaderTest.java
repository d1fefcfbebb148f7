package dev.holdfast.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {
  private static final String GOOD =
      """
      apiVersion: holdfast.dev/v1alpha1
      kind: FailoverProxy
      metadata: {name: postgres}
      spec:
        listen: {port: 5432}
        backends:
          - {name: pg-0, host: pg-0.db, port: 5432}
      """;
  private final ManifestReader reader = ManifestReader.checkingRules();

  @Test
  @DisplayName("A resource gets the schema's defaults and the default namespace")
  void defaults() {
    var read = reader.read("f.yaml", GOOD);
    assertThat(read.problems()).isEmpty();
    var manifest = read.manifests().getFirst();
    assertThat(manifest.resource()).isEqualTo("FailoverProxy default/postgres");
    assertThat(manifest.generation()).isZero();
    assertThat(manifest.uid()).isNull();
    var spec = SpecBinder.failoverProxy(manifest);
    assertThat(spec.selection().retryBackoff().initial()).isEqualTo("1s");
    assertThat(spec.listen().address()).isEqualTo("::");
    assertThat(spec.backends().getFirst().state().name()).isEqualTo("Active");
    assertThat(spec.connections().maxConnections()).isEqualTo(10_000);
    assertThat(spec.discovery()).isNull();
    assertThat(spec.checks()).isEmpty();
  }

  @Test
  @DisplayName("All problems are told at once, each with file, line, field and resource")
  void allProblems() {
    var read =
        reader.read(
            "f.yaml",
            """
            apiVersion: holdfast.dev/v1alpha1
            kind: FailoverProxy
            metadata: {name: postgres}
            spec:
              listen: {}
              nope: 1
              backends:
                - name: pg-0
                  host: pg-0.db
                  port: "5432"
                - {name: pg-0, host: 'pg 1', port: 70000}
            """);
    assertThat(read.manifests()).isEmpty();
    assertThat(read.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "f.yaml:5: spec.listen.port: Required value",
            "f.yaml:6: spec.nope: unknown field \"spec.nope\"; known here: admin, agreement,"
                + " backends, checks, connections, discovery, hooks, listen, paused, peers,"
                + " replicas, scripts, selection, service, shutdown, storage, template",
            "f.yaml:10: spec.backends[0].port: Invalid value: \"string\": must be of type integer:"
                + " \"string\"",
            "f.yaml:11: spec.backends[1].host: Invalid value: \"pg 1\": should match"
                + " '^([A-Za-z0-9_]([-A-Za-z0-9_.]*[A-Za-z0-9_.])?|[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%[-A-Za-z0-9._]+)?)$'",
            "f.yaml:11: spec.backends[1].port: Invalid value: 70000: should be less than or equal"
                + " to 65535",
            "f.yaml:11: spec.backends[1]: Duplicate value: {\"name\":\"pg-0\"}");
    assertThat(read.problems())
        .extracting(Problem::resource)
        .containsOnly("FailoverProxy default/postgres");
  }

  @Test
  @DisplayName("Files are one set: a resource in two of them is refused and both places are named")
  void sameResourceTwice(@TempDir Path directory) throws IOException {
    var first = Files.writeString(directory.resolve("a.yaml"), GOOD);
    var second =
        Files.writeString(
            directory.resolve("b.yaml"),
            GOOD + "---\n" + GOOD.replace("{name: postgres}", "{name: postgres, namespace: db}"));
    var read = reader.read(List.of(first, second));
    assertThat(read.manifests())
        .extracting(Manifest::resource)
        .containsExactly("FailoverProxy default/postgres", "FailoverProxy db/postgres");
    assertThat(read.problems())
        .extracting(Problem::toString)
        .containsExactly(
            second
                + ":3: metadata.name: expected each resource once, found FailoverProxy"
                + " default/postgres already in "
                + first
                + ":1");
  }

  @Test
  @DisplayName("Rules that need the stored resource are named as not checked")
  void notices() {
    assertThat(reader.read("f.yaml", GOOD).notices())
        .containsExactly("not checked, because it needs the stored resource: storage is immutable");
    assertThat(ManifestReader.trustingRules().read("f.yaml", GOOD).notices()).isEmpty();
  }
}
