package dev.holdfast.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@EnableKubernetesMockClient(https = false)
class AnnotationsTest {
  private static final String APPROVE = "holdfast.dev/approve-plan";

  KubernetesMockServer server;
  KubernetesClient client;

  private final ConfigMap read =
      new ConfigMapBuilder()
          .withNewMetadata()
          .withNamespace("edge")
          .withName("web")
          .addToAnnotations(APPROVE, "5f")
          .endMetadata()
          .build();

  private void answer(int code, Object body) {
    server
        .expect()
        .patch()
        .withPath("/api/v1/namespaces/edge/configmaps/web")
        .andReturn(code, body)
        .once();
  }

  private void refuse(int code) {
    answer(code, new StatusBuilder().withCode(code).withMessage("refused").build());
  }

  @Test
  @DisplayName("a wish is taken off only when it is still the one that was read")
  void removes() throws InterruptedException {
    answer(200, read);

    Annotations.remove(client, read, List.of(APPROVE));

    assertThat(server.getLastRequest().getBody().readUtf8())
        .isEqualTo(
            """
            [{"op":"test","path":"/metadata/annotations/holdfast.dev~1approve-plan","value":"5f"},\
            {"op":"remove","path":"/metadata/annotations/holdfast.dev~1approve-plan"}]\
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {422, 404})
  @DisplayName("a newer wish, and a resource that is gone, are no errors")
  void meanwhile(int code) {
    refuse(code);

    Annotations.remove(client, read, List.of(APPROVE));

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  @DisplayName("what the API server forbids is an error")
  void forbidden() {
    refuse(403);

    assertThatThrownBy(() -> Annotations.remove(client, read, List.of(APPROVE)))
        .isInstanceOf(KubernetesClientException.class);
  }
}
