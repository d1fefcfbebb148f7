package dev.holdfast.health.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceFilesTest {
  private static final Reference TOKEN = Reference.secret("pg-auth", "token");

  @TempDir private Path directory;

  @Test
  @DisplayName("A value is read at each use, so that a rotated secret holds at once")
  void readAtUse() throws Exception {
    var references = new ReferenceFiles(directory);
    keep("secrets/pg-auth/token", "one\n");
    assertThat(references.line(TOKEN)).isEqualTo("one");
    keep("secrets/pg-auth/token", "two");
    assertThat(references.line(TOKEN)).isEqualTo("two");
  }

  @Test
  @DisplayName("Secrets and config maps of one name do not meet")
  void kinds() throws Exception {
    keep("configmaps/pg-auth/token", "open");
    assertThat(new ReferenceFiles(directory).line(Reference.configMap("pg-auth", "token")))
        .isEqualTo("open");
    assertThatThrownBy(() -> new ReferenceFiles(directory).read(TOKEN))
        .isInstanceOf(MissingReference.class)
        .hasMessage(
            "secret pg-auth, key token: expected a file at %s/secrets/pg-auth/token, found none",
            directory);
  }

  @Test
  @DisplayName("Without a directory, or with one that is not there, the flag is named")
  void noDirectory() {
    assertThatThrownBy(() -> References.none().read(TOKEN)).hasMessageContaining("--refs DIR");
    assertThatThrownBy(() -> new ReferenceFiles(directory.resolve("none")).read(TOKEN))
        .hasMessageEndingWith("itself is not there: see --refs");
  }

  @Test
  @DisplayName("A file larger than a Secret can be is refused")
  void tooLarge() throws Exception {
    keep("secrets/pg-auth/token", "x".repeat(1024 * 1024 + 1));
    assertThatThrownBy(() -> new ReferenceFiles(directory).read(TOKEN))
        .hasMessageEndingWith("is larger than 1 MiB");
  }

  private void keep(String path, String value) throws Exception {
    var file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, value);
  }
}
