package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final String EXAMPLES = Path.of("../examples").toString();

  @TempDir Path directory;

  @Test
  @DisplayName("The examples have no problems, and what could not be checked is noted")
  void examples() {
    var check = Execution.of("check", EXAMPLES);

    assertThat(check.exitCode()).isZero();
    assertThat(check.out())
        .startsWith("note: not checked, because it needs the stored resource: ")
        .containsPattern("\\n[1-9][0-9]* resources, no problems\n$");
    assertThat(check.err()).isEmpty();
  }

  @Test
  @DisplayName("All problems of all files are listed, with file, line and field")
  void problems() throws IOException {
    var schema = Files.writeString(directory.resolve("a.yaml"), Manifests.with("port: 70000"));
    var rule = Files.writeString(directory.resolve("b.yaml"), Manifests.withoutBackends());
    var check = Execution.of("check", schema.toString(), rule.toString());

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out())
        .contains(schema + ":7: spec.listen.port: ")
        .contains(rule + ":5: spec: ")
        .endsWith("2 problems\n");
  }

  @Test
  @DisplayName("JSON and YAML say the same: resources, problems and notices")
  void structured() throws IOException {
    Files.writeString(directory.resolve("a.yaml"), Manifests.with("port: 5432"));
    Files.writeString(directory.resolve("b.yaml"), Manifests.with("port: 0"));
    var json = Execution.of("check", "-o", "json", directory.toString());
    var yaml = Execution.of("check", "-o", "YAML", directory.toString());
    var report = new JsonMapper().readTree(json.out());

    assertThat(json.exitCode()).isEqualTo(1);
    assertThat(report.at("/resources/0/name").asText()).isEqualTo("pg");
    assertThat(report.at("/problems/0/field").asText()).isEqualTo("spec.listen.port");
    assertThat(report.at("/problems/0/line").asInt()).isEqualTo(7);
    assertThat(report.at("/notices").isArray()).isTrue();
    assertThat(new YAMLMapper().readTree(yaml.out())).isEqualTo(report);
  }

  @Test
  @DisplayName("A directory without a manifest is an error, not a success")
  void nothing() {
    var check = Execution.of("check", directory.toString());

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.err())
        .isEqualTo(
            "holdfast: expected at least one .yaml, .yml or .json file in ["
                + directory
                + "], found none\n");
  }
}
