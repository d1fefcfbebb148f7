package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.demo.SampleBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LoneRunIT {
  private static final Pattern OF_AGREEMENT =
      Pattern.compile("org\\.apache\\.ratis|dataplane\\.agreement\\.(group|peer|raft|wire)\\.");

  @Test
  @DisplayName("A data plane that decides alone loads nothing of what agreement needs")
  void loadsNoAgreement(@TempDir Path directory) throws Exception {
    var loaded = directory.resolve("loaded");
    var port = Client.freePort();
    try (var a = new SampleBackend("a");
        var b = new SampleBackend("b")) {
      var file = Files.writeString(directory.resolve("pg.yaml"), Manifests.relaying(port, a, b));
      var logging = Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded);
      try (var run = HoldfastProcess.start(logging, "run", "--admin", "none", file.toString())) {
        run.awaitErr("listening on ");
        assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
      }
    }
    try (var lines = Files.lines(loaded)) {
      assertThat(lines).anyMatch(line -> line.contains("dev.holdfast.dataplane.runtime."));
    }
    try (var lines = Files.lines(loaded)) {
      assertThat(lines).noneMatch(line -> OF_AGREEMENT.matcher(line).find());
    }
  }
}
