package dev.holdfast.operator.floatingipgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.floatingip.loop.ApplyPolicy;
import dev.holdfast.floatingip.resource.GroupSetup;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, https = false)
class SetupsTest {
  private static final String ENDPOINT = "http://127.0.0.1:8420/v1";

  KubernetesClient client;

  private Setups setups;

  @BeforeEach
  void connect() {
    setups = new Setups(AllowedEndpoints.of(List.of(ENDPOINT)), new ReferenceReader(client));
  }

  private void secret(String key, String value) {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("edge")
                .withName("hcloud")
                .endMetadata()
                .addToData(key, base64(value))
                .build())
        .createOr(existing -> existing.update());
  }

  private static String base64(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }

  private GroupSetup ready(FloatingIpGroup resource) {
    assertThat(setups.of(resource)).isInstanceOf(Setup.Ready.class);
    return ((Setup.Ready) setups.of(resource)).group();
  }

  private GroupObstacle refused(FloatingIpGroup resource) {
    assertThat(setups.of(resource)).isInstanceOf(Setup.Refused.class);
    return ((Setup.Refused) setups.of(resource)).obstacle();
  }

  @Test
  @DisplayName("a Secret that is not there is named, and so is what to do")
  void secretMissing() {
    var obstacle = refused(FloatingIpGroups.at(ENDPOINT));

    assertThat(obstacle.kind()).isEqualTo(GroupObstacle.Kind.ReferenceMissing);
    assertThat(obstacle.message())
        .contains("secret hcloud, key token", "namespace edge", "create it");
  }

  @Test
  @DisplayName("a key that is not there is named, and so is what to do")
  void keyMissing() {
    secret("other", "t");

    assertThat(refused(FloatingIpGroups.at(ENDPOINT)).message())
        .contains("secret hcloud, key token", "add it");
  }

  @Test
  @DisplayName("a Secret that is no token is refused, and not shown")
  void noToken() {
    secret("token", "two words");

    assertThat(refused(FloatingIpGroups.at(ENDPOINT)).message())
        .contains("secret hcloud, key token")
        .doesNotContain("two words");
  }

  @Test
  @DisplayName("with an endpoint that is not allowed no Secret is even read")
  void endpoint() {
    var obstacle = refused(FloatingIpGroups.at("http://evil.example/v1"));

    assertThat(obstacle.kind()).isEqualTo(GroupObstacle.Kind.EndpointNotAllowed);
    assertThat(obstacle.message()).contains("http://evil.example/v1", ENDPOINT);
  }

  @Test
  @DisplayName("the token comes from the Secret; pause and approval from annotations too")
  void complete() {
    secret("token", "secret-token");
    var resource = FloatingIpGroups.with(ENDPOINT, "mode: Approve");
    resource
        .getMetadata()
        .setAnnotations(Map.of("holdfast.dev/paused", "true", "holdfast.dev/approve-plan", "abc"));

    var group = ready(resource).group();

    assertThat(group.name()).isEqualTo("edge/web");
    assertThat(group.api().token().value()).isEqualTo("secret-token");
    assertThat(group.policy().apply())
        .isEqualTo(new ApplyPolicy(ApplyPolicy.Mode.Approve, true, 0, "abc"));
  }
}
