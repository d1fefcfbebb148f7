package dev.holdfast.dataplane.agreement.group.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.agreement.group.Belonging;
import dev.holdfast.dataplane.agreement.replica.Replicas.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberFileTest {
  private static final UUID GROUP = new UUID(1, 2);

  private final Random random = new Random(5);
  @TempDir Path directory;

  private Place place(String uid, String self) {
    return new Place("default/pg", uid, self, List.of(), directory, Duration.ofSeconds(3));
  }

  @Test
  @DisplayName("A disk keeps its number and its group, and becomes another when its log is damaged")
  void life() throws Exception {
    var first = MemberFile.open(place("u", "a"), random);
    var again = MemberFile.open(place("u", "a"), random);
    assertThat(again.self()).isEqualTo(first.self());
    assertThat(again.group()).isNull();

    var belonging = new Belonging(GROUP, Set.of(again.self()));
    again.enter(belonging);
    var inside = MemberFile.open(place("u", "a"), random);
    assertThat(inside.group()).isEqualTo(belonging);
    var log = inside.logDirectory();

    inside.retire();
    var anew = MemberFile.open(place("u", "a"), random);
    assertThat(anew.self()).isNotEqualTo(first.self());
    assertThat(anew.group()).isNull();
    assertThat(anew.damaged()).isEqualTo(GROUP);
    assertThat(anew.logDirectory()).isNotEqualTo(log);
  }

  @Test
  @DisplayName("Of the logs that could not be used only the newest is left, and nothing else goes")
  void oldLogs() throws Exception {
    var file = MemberFile.open(place("u", "a"), random);
    var logs = new ArrayList<Path>();
    for (var round = 0; round < 3; round++) {
      logs.add(Files.createDirectories(file.logDirectory().resolve("current")).getParent());
      Files.writeString(logs.getLast().resolve("current").resolve("log"), "content");
      Files.writeString(directory.resolve("note-" + round), "of somebody else");
      file.retire();
    }
    assertThat(logs.subList(0, 2)).allSatisfy(log -> assertThat(log).doesNotExist());
    assertThat(logs.get(2).resolve("current").resolve("log")).hasContent("content");
    assertThat(directory.resolve("note-0")).exists();
    assertThat(directory.resolve("member.json")).exists();
  }

  @Test
  @DisplayName("The directory of another resource or peer is refused and left as it is")
  void foreign() throws Exception {
    MemberFile.open(place("u", "a"), random);
    var before = Files.readString(directory.resolve("member.json"));
    for (var place : List.of(place("v", "a"), place("u", "b"), place(null, "a"))) {
      assertThatThrownBy(() -> MemberFile.open(place, random))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("expected the directory of default/pg");
    }
    assertThat(directory.resolve("member.json")).hasContent(before);
  }

  @Test
  @DisplayName("A file that is not whole stops this peer, it does not make it a new one")
  void broken() throws Exception {
    for (var content : List.of("", "{}", "null", "{\"format\":1}", "{\"format\":2}", "[")) {
      Files.writeString(directory.resolve("member.json"), content);
      assertThatThrownBy(() -> MemberFile.open(place("u", "a"), random))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("member.json");
    }
  }
}
