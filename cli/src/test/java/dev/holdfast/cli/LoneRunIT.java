package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.demo.SampleBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a data plane that decides alone spares itself. */
@Timeout(120)
class LoneRunIT {
  private static final Path IMAGES = Path.of("..", "images", "pom.xml");
  private static final Pattern MODULES = Pattern.compile("<image.modules>(.*)</image.modules>");
  private static final Pattern OF_AGREEMENT =
      Pattern.compile("org\\.apache\\.ratis|dataplane\\.agreement\\.(group|peer|raft|wire)\\.");
  private static final Pattern OF_DNS = Pattern.compile("DnsNameResolver|codec\\.dns");

  @TempDir Path directory;
  private Path told;

  @BeforeEach
  void prepare() {
    told = directory.resolve("told");
  }

  @Test
  @DisplayName("A data plane that decides alone loads nothing of what agreement needs")
  void loadsNoAgreement() throws Exception {
    assertThat(loaded()).noneMatch(line -> OF_AGREEMENT.matcher(line).find());
  }

  @Test
  @DisplayName("Who has addresses of all backends loads nothing of what finds names")
  void loadsNoDns() throws Exception {
    assertThat(loaded()).noneMatch(line -> OF_DNS.matcher(line).find());
  }

  @Test
  @DisplayName("With the image's modules no class is looked for in all jars that is in none")
  void looksForNothing() throws Exception {
    var modules = MODULES.matcher(Files.readString(IMAGES));
    assertThat(modules.find()).isTrue();

    serve("--limit-modules=%s -Xlog:exceptions=info:file=%s".formatted(modules.group(1), told));

    assertThat(Files.readAllLines(told))
        .anyMatch(line -> line.contains("Exception"))
        .noneMatch(line -> line.contains("ClassNotFoundException"));
  }

  private List<String> loaded() throws IOException {
    serve("-Xlog:class+load:file=" + told);
    var lines = Files.readAllLines(told);
    assertThat(lines).anyMatch(line -> line.contains("dev.holdfast.dataplane.runtime."));
    return lines;
  }

  private void serve(String javaOptions) throws IOException {
    var port = Client.freePort();
    try (var a = new SampleBackend("a");
        var b = new SampleBackend("b")) {
      var file = Files.writeString(directory.resolve("pg.yaml"), Manifests.relaying(port, a, b));
      var options = Map.of("JDK_JAVA_OPTIONS", javaOptions);
      try (var run =
          HoldfastProcess.start(
              options, "run", "--validated", "--admin", "none", file.toString())) {
        run.awaitErr("listening on ");
        assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
      }
    }
  }
}
