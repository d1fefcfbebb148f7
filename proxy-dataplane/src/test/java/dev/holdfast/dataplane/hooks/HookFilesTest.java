package dev.holdfast.dataplane.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookFilesTest {
  @TempDir private Path directory;

  @Test
  @DisplayName("F5 One file stands for itself, a directory for the files in it")
  void fileOrDirectory() throws Exception {
    var file = Files.writeString(directory.resolve("promote.sh"), "");
    assertThat(HookFiles.of(file.toString())).containsExactly(file.toString());
    assertThat(HookFiles.of(directory.toString())).containsExactly(file.toString());
  }

  @Test
  @DisplayName("F17 What is neither stands for itself, so that starting it says what was expected")
  void neither() throws Exception {
    assertThat(HookFiles.of("promote")).containsExactly("promote");
    var missing = directory.resolve("missing").toString();
    assertThat(HookFiles.of(missing)).containsExactly(missing);
  }

  @Test
  @DisplayName("An empty directory stands for nothing; one with too many files is refused")
  void bounds() throws Exception {
    assertThat(HookFiles.of(directory.toString())).isEmpty();
    for (int i = 0; i < 257; i++) {
      Files.createFile(directory.resolve("f" + i));
    }
    assertThatThrownBy(() -> HookFiles.of(directory.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("at most 256 files");
  }
}
