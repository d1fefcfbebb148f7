package dev.holdfast.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrdDriftTest {
  private static final String COMMAND = "mvn -pl crds test -Dtest=CrdDriftTest -Dcrds.write";
  private static final String HEADER = "# Generated from %s. To rewrite it:\n# %s\n";

  static Stream<Class<? extends CustomResource<?, ?>>> kinds() {
    return Stream.of(FailoverProxy.class, FloatingIpGroup.class, StickyBalancer.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  @DisplayName("The checked-in CRD, for Kubernetes and for our own reader, is what the classes say")
  void checkedInCrdIsCurrent(Class<? extends CustomResource<?, ?>> kind, @TempDir Path directory)
      throws IOException {
    var file = CustomResource.getCRDName(kind) + "-v1";
    var fresh = GeneratedCrd.yaml(kind, HEADER.formatted(kind.getName(), COMMAND), directory);
    check(Path.of("generated", file + ".yml"), fresh);
    check(Path.of("generated", file + ".json"), GeneratedCrd.json(fresh));
  }

  private static void check(Path checkedIn, String fresh) throws IOException {
    if (System.getProperty("crds.write") != null) {
      Files.writeString(checkedIn, fresh);
    }
    assertThat(checkedIn).as("crds/%s; rewrite it with: %s", checkedIn, COMMAND).hasContent(fresh);
  }
}
