package dev.holdfast.cli.tcpffee;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.convert.BadConfiguration;
import dev.holdfast.cli.convert.ConfigurationFile;
import dev.holdfast.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in the file: it is refused by a clear error, or makes a manifest to judge. */
class TcpffeeFuzzTest {
  private static final int ROUNDS = 600;
  private static final ManifestReader READER = ManifestReader.trustingRules();

  @ParameterizedTest
  @ValueSource(strings = {"everything.toml", "small.toml"})
  @DisplayName("S21 Files with bytes changed, lost or doubled end in nothing but a clear error")
  void brokenText(String file) throws IOException {
    var text = Files.readString(Path.of("src/test/resources/tcpffee", file));
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      var broken = new StringBuilder(text);
      for (int i = 0; i <= random.nextInt(4); i++) {
        var at = random.nextInt(broken.length());
        switch (random.nextInt(4)) {
          case 0 -> broken.setCharAt(at, (char) random.nextInt(0x180));
          case 1 -> broken.delete(at, Math.min(broken.length(), at + random.nextInt(20)));
          case 2 -> broken.insert(at, "[]{}=,.-#'\"\n0159e".charAt(random.nextInt(17)));
          default -> broken.insert(at, broken.substring(at, Math.min(broken.length(), at + 30)));
        }
      }
      takenOrRefused(broken.toString(), seed);
    }
  }

  private static void takenOrRefused(String text, int seed) {
    try {
      var tree = ConfigurationFile.toml("it.toml", text);
      var config = TcpffeeConfigReader.read("it.toml", tree, new TcpffeeEnvironment(Map.of()));
      var read = READER.read("it", TcpffeeConversion.of(config).json());
      assertThat(read.manifests().size() + read.problems().size()).as("seed %d", seed).isPositive();
    } catch (BadConfiguration e) {
      assertThat(e).as("seed %d", seed).hasMessageContaining("expected");
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + text, e);
    }
  }
}
