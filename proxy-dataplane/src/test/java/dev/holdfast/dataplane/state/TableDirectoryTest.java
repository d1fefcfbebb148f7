package dev.holdfast.dataplane.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.sticky.Balance;
import dev.holdfast.dataplane.sticky.GroupPolicy;
import dev.holdfast.dataplane.sticky.GroupStanding.FailingCheck;
import dev.holdfast.dataplane.sticky.GroupStanding.SelfReport;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.MachineImage;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.StickMachine;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableDirectoryTest {
  private static final ResourceKey KEY = new ResourceKey("StickyBalancer", "edge", "relay");
  private static final String FILE = "StickyBalancer_edge_relay.table";
  private static final int KEYS = 20;

  @TempDir private Path directory;
  private TableDirectory store;

  @BeforeEach
  void open() throws IOException {
    store = TableDirectory.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static StickKey key(int number) {
    return StickKey.parse("10.0.0." + number);
  }

  /** Something of everything. */
  private static StickMachine machine() {
    var machine = new StickMachine(KEYS, 1);
    var groups =
        List.of(
            new GroupPolicy(1, "blue", GroupState.Active, 1),
            new GroupPolicy(2, "grün", GroupState.Active, 3));
    machine.apply(new StickCommand.Govern(groups, Balance.RoundRobin, 60, KEYS));
    machine.apply(new StickCommand.Advance(7));
    machine.apply(
        new StickCommand.Claim(
            IntStream.range(0, KEYS).mapToObj(TableDirectoryTest::key).toList()));
    machine.apply(new StickCommand.Remove(key(3)));
    machine.apply(new StickCommand.Activity(0, List.of(key(4)), List.of(), List.of(key(5))));
    machine.apply(new StickCommand.Change(1, GroupState.Draining));
    machine.apply(
        new StickCommand.Report(2, new SelfReport(GroupState.Draining, 90, "the disk is full")));
    machine.apply(
        new StickCommand.Judge(
            2,
            List.of(
                new FailingCheck("port", GroupState.Disabled, "refused"),
                new FailingCheck("web", GroupState.Draining, null))));
    return machine;
  }

  private void write(String uid) throws Exception {
    store.write(KEY, uid, machine().image()).get(10, TimeUnit.SECONDS);
  }

  private static List<?> slots(MachineImage image) {
    return IntStream.range(0, image.table().size()).mapToObj(image.table()::slot).toList();
  }

  @Test
  @DisplayName("A table is read as it was written: keys, groups, and what is said of them")
  void roundTrip() throws Exception {
    write("uid-1");
    var wanted = machine().image();
    var image = store.read(KEY, "uid-1");
    assertThat(image).isNotNull();
    assertThat(image.now()).isEqualTo(7);
    assertThat(image.groups()).isEqualTo(wanted.groups());
    assertThat(image.turns()).isEqualTo(wanted.turns()).isNotEmpty();
    assertThat(slots(image)).isEqualTo(slots(wanted)).hasSizeGreaterThanOrEqualTo(KEYS);
    assertThat(new StickMachine(image, 2).table().group(key(4)))
        .isEqualTo(machine().table().group(key(4)))
        .isPresent();
    assertThat(directory).isDirectoryContaining("glob:**/" + FILE);
  }

  @Test
  @DisplayName("An earlier resource of that name has left a table that is not used, and is kept")
  void ofAnotherUid() throws Exception {
    write("uid-1");
    assertThat(store.read(KEY, "uid-2")).isNull();
    assertThat(store.read(KEY, null)).isNull();
    assertThat(store.read(KEY, "uid-1")).isNotNull();
  }

  @Test
  @DisplayName("A damaged file is kept for people to look at, and a new one is written")
  void setAside() throws Exception {
    assertThat(store.read(KEY, null)).isNull();
    write(null);
    var file = directory.resolve(FILE);
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    assertThat(store.read(KEY, null)).isNull();
    assertThat(file).doesNotExist();
    assertThat(directory.resolve(FILE + ".corrupt")).hasBinaryContent(bytes);
    write(null);
    assertThat(store.read(KEY, null)).isNotNull();
  }

  @Test
  @DisplayName("Another resource's file is taken for damage")
  void ofAnotherResource() throws Exception {
    write(null);
    var other = new ResourceKey("StickyBalancer", "edge", "other");
    var file = directory.resolve("StickyBalancer_edge_other.table");
    Files.copy(directory.resolve(FILE), file);
    assertThat(store.read(other, null)).isNull();
    assertThat(file).doesNotExist();
    assertThatDamaged(directory.resolve(FILE), other).withMessageContaining("expected the table");
  }

  private static ThrowableAssertAlternative<IllegalArgumentException> assertThatDamaged(
      Path file, ResourceKey key) {
    return assertThatIllegalArgumentException().isThrownBy(() -> TableFile.read(file, key, null));
  }

  @Test
  @DisplayName("Whatever byte is changed, and wherever it ends: it is damage and nothing else")
  void fuzzed() throws Exception {
    write(null);
    var bytes = Files.readAllBytes(directory.resolve(FILE));
    var file = directory.resolve("fuzzed");
    for (int at = 0; at < bytes.length; at++) {
      Files.write(file, Arrays.copyOf(bytes, at));
      assertThatDamaged(file, KEY);
      var changed = bytes.clone();
      changed[at] ^= (byte) (1 << at % Byte.SIZE);
      Files.write(file, changed);
      assertThatDamaged(file, KEY);
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
    assertThatDamaged(file, KEY);
  }
}
