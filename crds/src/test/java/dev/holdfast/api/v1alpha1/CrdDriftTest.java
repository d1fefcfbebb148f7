package dev.holdfast.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrdDriftTest {
  private static final Path FOR_KUBERNETES =
      Path.of("generated/failoverproxies.holdfast.dev-v1.yml");
  private static final Path FOR_READER = Path.of("generated/failoverproxies.holdfast.dev-v1.json");
  private static final String COMMAND = "mvn -pl crds test -Dtest=CrdDriftTest -Dcrds.write";
  private static final String HEADER =
      "# Generated from dev.holdfast.api.v1alpha1.FailoverProxy. To rewrite it:\n# %s\n"
          .formatted(COMMAND);

  @Test
  @DisplayName("The checked-in CRD, for Kubernetes and for our own reader, is what the classes say")
  void checkedInCrdIsCurrent(@TempDir Path directory) throws IOException {
    var fresh = GeneratedCrd.yaml(FailoverProxy.class, HEADER, directory);
    check(FOR_KUBERNETES, fresh);
    check(FOR_READER, GeneratedCrd.json(fresh));
  }

  private static void check(Path checkedIn, String fresh) throws IOException {
    if (System.getProperty("crds.write") != null) {
      Files.writeString(checkedIn, fresh);
    }
    assertThat(checkedIn).as("crds/%s; rewrite it with: %s", checkedIn, COMMAND).hasContent(fresh);
  }
}
