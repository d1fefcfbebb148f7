package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(OnCluster.class)
class ManifestsE2E {

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

  @Test
  @DisplayName("kubectl scale to a count that cannot agree is refused")
  void refusedScale(TestNamespace namespace) {
    namespace.kubectl().apply(ProxyManifest.of("postgres", "pg-0").with("paused: true").toString());

    var answer = namespace.kubectl().attempt("scale", "fop/postgres", "--replicas=2");

    assertThat(answer.succeeded()).as(answer.output()).isFalse();
    assertThat(answer.output()).contains("replicas must be");
  }
}
