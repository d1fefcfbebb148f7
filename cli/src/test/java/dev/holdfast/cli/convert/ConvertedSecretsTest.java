package dev.holdfast.cli.convert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.run.ManifestSource;
import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.References;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConvertedSecretsTest {
  private static final Reference TOKEN = Reference.secret("web-hetzner", "token");
  private static final Map<Reference, String> SECRETS = Map.of(TOKEN, "t0ken");

  @Test
  @DisplayName("What stood in the configuration is found, everything else where it was before")
  void found() throws MissingReference {
    var secrets = new ConvertedSecrets(SECRETS, reference -> "other".getBytes(UTF_8));

    assertThat(secrets.line(TOKEN)).isEqualTo("t0ken");
    assertThat(secrets.line(Reference.configMap("web-hetzner", "token"))).isEqualTo("other");
    assertThatThrownBy(() ->
            new ConvertedSecrets(SECRETS, References.none()).read(Reference.secret("x", "token")))
        .isInstanceOf(MissingReference.class)
        .hasMessageContaining("--refs DIR");
  }

  @Test
  @DisplayName("No text of what holds secrets shows them")
  void hidden() {
    assertThat(new ConvertedSecrets(SECRETS, References.none()).toString())
        .contains("web-hetzner")
        .doesNotContain("t0ken");
    assertThat(new ManifestSource.Text("name", "{}", SECRETS).toString()).doesNotContain("t0ken");
  }
}
