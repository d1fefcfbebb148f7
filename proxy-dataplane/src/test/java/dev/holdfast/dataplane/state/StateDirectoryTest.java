package dev.holdfast.dataplane.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.failover.FailoverState.Floor;
import dev.holdfast.dataplane.failover.FailoverState.Unfinished;
import dev.holdfast.dataplane.failover.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDirectoryTest {
  private static final ResourceKey KEY = new ResourceKey("FailoverProxy", "shop", "db");
  private static final String FILE = "FailoverProxy_shop_db.json";

  @TempDir private Path directory;
  private StateDirectory store;

  @BeforeEach
  void open() throws IOException {
    store = StateDirectory.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static SavedPrimary ended(String uid, String backend, long epoch) {
    return new SavedPrimary(KEY, uid, backend, epoch, true, null, null);
  }

  private static SavedPrimary begun(String backend, long epoch) {
    return new SavedPrimary(KEY, null, backend, epoch, false, Reason.ConnectRefused, "a");
  }

  private void write(SavedPrimary primary) throws Exception {
    store.write(primary).get(10, TimeUnit.SECONDS);
  }

  private Stream<String> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @Test
  @DisplayName("What was written is read, the newest of each resource, and nothing else is left")
  void roundTrip() throws Exception {
    assertThat(store.read(KEY, null)).isNull();
    write(begun("b", 2));
    write(ended(null, "b", 2));
    assertThat(store.read(KEY, null)).isEqualTo(ended(null, "b", 2));
    write(begun("c", 3));
    assertThat(store.read(KEY, null)).isEqualTo(begun("c", 3));
    assertThat(store.read(new ResourceKey("FailoverProxy", "shop", "web"), null)).isNull();
    assertThat(files()).containsExactly(FILE);
  }

  @Test
  @DisplayName("What an earlier resource of the name left behind is not used")
  void otherUid() throws Exception {
    write(ended("u", "b", 2));
    assertThat(store.read(KEY, "u")).isEqualTo(ended("u", "b", 2));
    assertThat(store.read(KEY, "v")).isNull();
    assertThat(store.read(KEY, null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{\"format\":2}",
        "{\"format\":1,\"primary\":null}",
        "{\"format\":1,\"primary\":{\"backend\":\"b\"}}",
        "{\"format\":1} trailing"
      })
  @DisplayName("A corrupt file counts as none, and is kept beside for people to look at")
  void corrupt(String content) throws Exception {
    Files.writeString(directory.resolve(FILE), content);
    assertThat(store.read(KEY, null)).isNull();
    assertThat(files()).containsExactly(FILE + ".corrupt");
    assertThat(Files.readString(directory.resolve(FILE + ".corrupt"))).isEqualTo(content);
    write(ended(null, "b", 2));
    assertThat(store.read(KEY, null)).isEqualTo(ended(null, "b", 2));
  }

  @Test
  @DisplayName("A half-written file beside it is written over, as after a crash")
  void halfWritten() throws Exception {
    write(ended(null, "b", 2));
    Files.writeString(directory.resolve(FILE + ".new"), "{\"for");
    assertThat(store.read(KEY, null)).isEqualTo(ended(null, "b", 2));
    write(ended(null, "c", 3));
    assertThat(store.read(KEY, null)).isEqualTo(ended(null, "c", 3));
    assertThat(files()).containsExactly(FILE);
  }

  @Test
  @DisplayName("A file that cannot be written or read is told of, and holds nothing up")
  void unwritable() throws Exception {
    Files.createDirectories(directory.resolve(FILE).resolve("in the way"));
    write(ended(null, "b", 2));
    assertThat(store.read(KEY, null)).isNull();
  }

  @Test
  @DisplayName("A directory that cannot be made is refused at once")
  void noDirectory() throws Exception {
    var file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> StateDirectory.open(file.resolve("below")))
        .isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("Of file and manifest the newer counts; hooks whose end is known never run again")
  void newest() {
    var manifest = new Floor("a", 5);
    assertThat(SavedPrimary.newest(null, null)).isNull();
    assertThat(SavedPrimary.newest(manifest, null)).isEqualTo(manifest);
    assertThat(SavedPrimary.newest(null, ended(null, "b", 2))).isEqualTo(new Floor("b", 2));
    assertThat(SavedPrimary.newest(manifest, ended(null, "b", 4))).isEqualTo(manifest);
    assertThat(SavedPrimary.newest(manifest, ended(null, "b", 6))).isEqualTo(new Floor("b", 6));
    assertThat(SavedPrimary.newest(manifest, begun("b", 6)))
        .isEqualTo(new Floor("b", 6, false, new Unfinished(Reason.ConnectRefused, "a")));
    assertThat(SavedPrimary.newest(manifest, begun("a", 5))).isEqualTo(manifest);
  }

  @Test
  @DisplayName("That a person chose the primary is not forgotten")
  void pinned() throws Exception {
    write(new SavedPrimary(KEY, null, "b", 2, true, Reason.Switchover, null));
    assertThat(store.read(KEY, null).floor()).isEqualTo(new Floor("b", 2, true, null));
  }
}
