package dev.holdfast.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightTest {

  @ParameterizedTest
  @ValueSource(ints = {404, 403, 401})
  @DisplayName("what somebody has to mend ends the operator")
  void wrong(int code) {
    assertThat(Preflight.explain("FailoverProxy", new KubernetesClientException("no", code, null)))
        .isInstanceOf(Preflight.Answer.Wrong.class);
  }

  @Test
  @DisplayName("an API server that is away is waited for")
  void away() {
    assertThat(
            Preflight.explain(
                "FailoverProxy", new KubernetesClientException("no", new IOException("refused"))))
        .isInstanceOf(Preflight.Answer.Away.class);
    assertThat(Preflight.explain("FailoverProxy", new KubernetesClientException("no", 503, null)))
        .isInstanceOf(Preflight.Answer.Away.class);
  }
}
