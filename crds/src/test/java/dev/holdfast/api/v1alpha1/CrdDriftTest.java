package dev.holdfast.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrdDriftTest {
  private static final Path CHECKED_IN = Path.of("generated/failoverproxies.holdfast.dev-v1.yml");
  private static final String COMMAND = "mvn -pl crds test -Dtest=CrdDriftTest -Dcrds.write";
  private static final String HEADER =
      "# Generated from dev.holdfast.api.v1alpha1.FailoverProxy. To rewrite it:\n# %s\n"
          .formatted(COMMAND);

  @Test
  @DisplayName("The checked-in CRD is what the classes say")
  void checkedInCrdIsCurrent(@TempDir Path directory) throws IOException {
    var fresh = GeneratedCrd.yaml(FailoverProxy.class, HEADER, directory);
    if (System.getProperty("crds.write") != null) {
      Files.writeString(CHECKED_IN, fresh);
    }
    assertThat(CHECKED_IN)
        .as("crds/%s; rewrite it with: %s", CHECKED_IN, COMMAND)
        .hasContent(fresh);
  }
}
