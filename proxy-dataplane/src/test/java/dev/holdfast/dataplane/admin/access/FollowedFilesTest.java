package dev.holdfast.dataplane.admin.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedFilesTest {
  @TempDir private Path directory;

  private static String number(List<byte[]> contents) {
    var text = new String(contents.getFirst(), UTF_8);
    if (!text.startsWith("good")) {
      throw new IllegalArgumentException("not good");
    }
    return text;
  }

  @Test
  @DisplayName("Changed content is taken, broken or absent content is not, and recovery is")
  void changes() throws IOException {
    var file = Files.writeString(directory.resolve("f"), "good 1");
    var files = new FollowedFiles<>(List.of(file), FollowedFilesTest::number);
    assertThat(files.current()).isEqualTo("good 1");

    Files.writeString(file, "good 2");
    assertThat(files.current()).isEqualTo("good 1");
    files.refresh();
    assertThat(files.current()).isEqualTo("good 2");

    Files.writeString(file, "bad");
    files.refresh();
    Files.delete(file);
    files.refresh();
    assertThat(files.current()).isEqualTo("good 2");

    Files.writeString(file, "good 3");
    files.refresh();
    assertThat(files.current()).isEqualTo("good 3");
  }

  @Test
  @DisplayName("Unchanged content keeps the very same value")
  void unchanged() throws IOException {
    var file = Files.writeString(directory.resolve("f"), "good");
    var files = new FollowedFiles<>(List.of(file), contents -> new Object());
    var before = files.current();
    Files.writeString(file, "good");
    files.refresh();

    assertThat(files.current()).isSameAs(before);
  }

  @Test
  @DisplayName("A mounted Secret's swap of its ..data link is seen")
  void mountedSecret() throws IOException {
    var old = Files.createDirectory(directory.resolve("..old"));
    var young = Files.createDirectory(directory.resolve("..new"));
    Files.writeString(old.resolve("f"), "good old");
    Files.writeString(young.resolve("f"), "good new");
    Files.createSymbolicLink(directory.resolve("..data"), old.getFileName());
    var file = Files.createSymbolicLink(directory.resolve("f"), Path.of("..data", "f"));
    var files = new FollowedFiles<>(List.of(file), FollowedFilesTest::number);

    Files.createSymbolicLink(directory.resolve("..data_tmp"), young.getFileName());
    Files.move(
        directory.resolve("..data_tmp"),
        directory.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE);
    files.refresh();

    assertThat(files.current()).isEqualTo("good new");
  }

  @Test
  @DisplayName(
      "A certificate and a key that do not belong together are not taken, the old pair stays")
  void mismatch() throws Exception {
    var authority = new TestAuthority();
    var leaf = authority.leaf("x");
    authority.write(directory, leaf);
    var material = TlsMaterial.follow(directory, ClientAuth.OPTIONAL);
    var before = material.current();

    var certificate = Files.readString(directory.resolve("tls.crt"));
    var renewed = authority.leaf("y");
    authority.write(directory, renewed);
    var renewedCertificate = Files.readString(directory.resolve("tls.crt"));
    Files.writeString(directory.resolve("tls.crt"), certificate);
    material.refresh();
    assertThat(material.current()).isSameAs(before);

    Files.writeString(directory.resolve("tls.crt"), renewedCertificate);
    material.refresh();
    assertThat(material.current().ownNames()).containsExactly("y");
  }

  @Test
  @DisplayName("A file too large to be right is an error at the start")
  void tooLarge() throws IOException {
    var file = Files.write(directory.resolve("f"), new byte[(1 << 20) + 1]);

    assertThatThrownBy(() -> new FollowedFiles<>(List.of(file), FollowedFilesTest::number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most");
  }
}
