package dev.holdfast.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.cli.run.RunSettings.AdminAccess;
import dev.holdfast.cli.run.RunSettings.Identity;
import dev.holdfast.cli.run.RunSettings.Relaying;
import dev.holdfast.manifest.Manifest;
import dev.holdfast.manifest.ManifestReader;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AdminPlaceTest {
  private static final Path REFS = Path.of("/refs");

  @Test
  @DisplayName("Where nobody says anything it is on the loopback")
  void byDefault() {
    var place = AdminPlace.of(settings(null, null, null), manifests(""));
    assertThat(place.address()).isEqualTo(new InetSocketAddress("127.0.0.1", 2340));
    assertThat(place.tokenFile()).isNull();
  }

  @Test
  @DisplayName("A manifest says where, and where the tokens are")
  void byManifest() {
    var admin = "admin: {address: '::1', port: 9440, tokenSecretRef: {name: readers, key: tokens}}";
    var place = AdminPlace.of(settings(null, null, REFS), manifests(admin, ""));
    assertThat(place.address().getPort()).isEqualTo(9440);
    assertThat(place.address().getAddress().isLoopbackAddress()).isTrue();
    assertThat(place.tokenFile()).isEqualTo(Path.of("/refs/secrets/readers/tokens"));
  }

  @Test
  @DisplayName("The command line wins")
  void byFlags() {
    var admin = "admin: {port: 9440, tokenSecretRef: {name: readers, key: tokens}}";
    var flags = settings(ListenAddress.parse("127.0.0.1:1"), Path.of("/tokens"), null);
    assertThat(AdminPlace.of(flags, manifests(admin)).address().getPort()).isEqualTo(1);
    assertThat(AdminPlace.of(flags, manifests(admin)).tokenFile()).isEqualTo(Path.of("/tokens"));
    assertThat(
            AdminPlace.of(settings(ListenAddress.parse("none"), null, REFS), manifests(admin))
                .address())
        .isNull();
  }

  @Test
  @DisplayName(
      "Manifests that contradict each other are refused, and so are tokens that are nowhere")
  void refused() {
    assertThatThrownBy(() ->
            AdminPlace.of(
                settings(null, null, null), manifests("admin: {port: 1}", "admin: {port: 2}")))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("spec.admin");
    assertThatThrownBy(() ->
            AdminPlace.of(
                settings(null, null, null),
                manifests("admin: {tokenSecretRef: {name: readers, key: tokens}}")))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("secrets/readers/tokens");
  }

  private static RunSettings settings(
      @Nullable ListenAddress admin, @Nullable Path tokenFile, @Nullable Path references) {
    return new RunSettings(
        new ManifestSource.Text("test.yaml", ""),
        false,
        Relaying.standard(false),
        AdminAccess.at(admin, tokenFile),
        Identity.ofThisMachine(),
        null,
        references,
        "1");
  }

  private static List<Manifest> manifests(String... specs) {
    return Stream.of(specs).map(AdminPlaceTest::manifest).toList();
  }

  private static Manifest manifest(String spec) {
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
            .formatted(spec);
    var read = ManifestReader.trustingRules().read("test.yaml", text);
    assertThat(read.problems()).isEmpty();
    return read.manifests().getFirst();
  }
}
