package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckIT {
  @TempDir Path directory;

  @Test
  @DisplayName("A good manifest: a friendly line, exit code 0, and nothing on stderr")
  void good() throws Exception {
    try (var check = HoldfastProcess.start("check", "../examples/failoverproxy.yaml")) {
      assertThat(check.awaitExit()).isZero();
      check.awaitOut("^1 resource, no problems$");
      assertThat(check.err()).isEmpty();
    }
  }

  @Test
  @DisplayName("A bad manifest: each problem with file, line and field, and exit code 1")
  void bad() throws Exception {
    var file = Files.writeString(directory.resolve("pg.yaml"), Manifests.with("port: 0"));
    try (var check = HoldfastProcess.start("check", file.toString())) {
      assertThat(check.awaitExit()).isEqualTo(1);
      check.awaitOut("^1 problem$");
      assertThat(check.out().getFirst())
          .isEqualTo(
              file
                  + ":7: spec.listen.port: Invalid value: 0: should be greater than or equal to 1");
    }
  }
}
