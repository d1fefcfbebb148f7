package dev.holdfast.api.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.manifest.ManifestReader;
import dev.holdfast.manifest.SpecBinder;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnsupportedFieldsTest {

  @Test
  @DisplayName("A resource that says no more than it must is supported whole")
  void minimal() {
    assertThat(fields("paused: false")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp: {}",
        "http: {}",
        "https: {}",
        "exec: {command: [/bin/true]}",
        "sendExpect: {expect: a}"
      })
  @DisplayName("Checks of every kind are supported")
  void checks(String kind) {
    assertThat(fields("checks: [{name: up, " + kind + "}]")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          peers: [{name: p, host: h, port: 1}]                  | spec.peers
          agreement: {mode: Raft}                               | spec.agreement.mode
          replicas: 3                                           | spec.agreement.mode
          """)
  @DisplayName("A field that does nothing yet is named with its path")
  void named(String yaml, String field) {
    assertThat(fields(yaml)).containsExactly(field);
  }

  @Test
  @DisplayName("Three replicas that need not agree are supported")
  void unfenced() {
    assertThat(fields("replicas: 3\n  agreement: {mode: None}")).isEmpty();
  }

  private static List<String> fields(String yaml) {
    var text =
        """
        apiVersion: holdfast.dev/v1alpha1
        kind: FailoverProxy
        metadata: {name: db}
        spec:
          listen: {port: 5432}
          backends: [{name: a, host: a.db, port: 5432}]
          %s
        """
            .formatted(yaml);
    var read = ManifestReader.trustingRules().read("test.yaml", text);
    assertThat(read.problems()).isEmpty();
    return UnsupportedFields.in(SpecBinder.failoverProxy(read.manifests().getFirst())).stream()
        .map(Unsupported::field)
        .toList();
  }
}
