package dev.holdfast.dataplane.sticky.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StickTableTest {
  private static final int KEYS = 3_000;
  private static final int ENTRIES = 2_100;

  private final StickTable table = new StickTable(ENTRIES, 17);

  private static StickKey key(int number) {
    var address = new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    try {
      var key = StickKey.of(InetAddress.getByAddress(address), 32);
      return number % 3 == 0 ? key.with(address) : key;
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<StickKey> expire(int before, int most) {
    return table.expire(before, most).stream().map(StickEntry::key).toList();
  }

  private @Nullable StickKey evict() {
    var evicted = table.evict();
    return evicted == null ? null : evicted.key();
  }

  /** What is to be in the table, in the plainest form: idle entries in their order, held ones. */
  private static final class Model {
    private record Entry(int group, int touched) {}

    private final Map<StickKey, Entry> idle = new LinkedHashMap<>();
    private final Map<StickKey, Entry> held = new LinkedHashMap<>();
    private final Map<StickKey, Integer> holders = new LinkedHashMap<>();

    int size() {
      return idle.size() + held.size();
    }

    OptionalInt group(StickKey key) {
      var entry = idle.getOrDefault(key, held.get(key));
      return entry == null ? OptionalInt.empty() : OptionalInt.of(entry.group());
    }

    void add(StickKey key, int group, int now) {
      idle.put(key, new Entry(group, now));
    }

    void move(StickKey key, int group) {
      idle.computeIfPresent(key, (same, entry) -> new Entry(group, entry.touched()));
      held.computeIfPresent(key, (same, entry) -> new Entry(group, entry.touched()));
    }

    void remove(StickKey key) {
      idle.remove(key);
      held.remove(key);
      holders.remove(key);
    }

    void touch(StickKey key, int now) {
      var entry = idle.remove(key);
      if (entry != null) {
        idle.put(key, new Entry(entry.group(), now));
      }
    }

    void hold(StickKey key, int holder) {
      if (group(key).isPresent()) {
        var entry = idle.remove(key);
        if (entry != null) {
          held.put(key, entry);
        }
        holders.merge(key, 1 << holder, (all, one) -> all | one);
      }
    }

    void release(StickKey key, int holder, int now) {
      var left = holders.getOrDefault(key, 0) & ~(1 << holder);
      if (holders.containsKey(key) && left == 0) {
        holders.remove(key);
        idle.put(key, new Entry(held.remove(key).group(), now));
      } else if (left != 0) {
        holders.put(key, left);
      }
    }

    List<StickKey> expire(int before, int most) {
      var expired = new ArrayList<StickKey>();
      for (var entry : idle.entrySet()) {
        if (expired.size() == most || entry.getValue().touched() >= before) {
          break;
        }
        expired.add(entry.getKey());
      }
      expired.forEach(idle::remove);
      return expired;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("Whatever is written, the table holds what a plain model of it holds")
  void model(long seed) {
    var random = new Random(seed);
    var model = new Model();
    for (int step = 0; step < 30_000; step++) {
      write(random, model, step / 20);
      assertThat(table.size()).isEqualTo(model.size());
      var any = key(random.nextInt(KEYS));
      assertThat(table.group(any)).isEqualTo(model.group(any));
      assertThat(table.isHeld(any)).isEqualTo(model.held.containsKey(any));
    }
    for (int number = 0; number < KEYS; number++) {
      assertThat(table.group(key(number))).isEqualTo(model.group(key(number)));
    }
    assertThat(table.tally(0).keys() + table.tally(1).keys() + table.tally(2).keys())
        .isEqualTo(table.size());
    assertThat(expire(Integer.MAX_VALUE, KEYS)).isEqualTo(List.copyOf(model.idle.keySet()));
  }

  private void write(Random random, Model model, int now) {
    var key = key(random.nextInt(KEYS));
    var group = random.nextInt(3);
    var holder = random.nextInt(StickTable.MAX_HOLDERS);
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> {
        if (table.group(key).isPresent()) {
          table.move(key, group);
          model.move(key, group);
        } else if (!table.isFull()) {
          table.add(key, group, now);
          model.add(key, group, now);
        } else {
          assertThat(evict())
              .isEqualTo(model.expire(Integer.MAX_VALUE, 1).stream().findFirst().orElse(null));
        }
      }
      case 4, 5 -> {
        table.touch(key, now);
        model.touch(key, now);
      }
      case 6 -> {
        table.hold(key, holder);
        model.hold(key, holder);
      }
      case 7 -> {
        table.release(key, holder, now);
        model.release(key, holder, now);
      }
      case 8 -> {
        if (table.group(key).isPresent()) {
          table.remove(key);
          model.remove(key);
        }
      }
      default -> assertThat(expire(now - 2_000, 5)).isEqualTo(model.expire(now - 2_000, 5));
    }
  }

  @Test
  @DisplayName(
      "An entry that is held neither expires nor makes room; when its holders go, it is idle")
  void held() {
    table.add(key(1), 7, 0);
    table.add(key(2), 7, 5);
    table.hold(key(1), 0);
    table.hold(key(1), 6);
    assertThat(expire(100, 10)).containsExactly(key(2));
    assertThat(evict()).isNull();
    table.releaseAll(0, 50);
    assertThat(evict()).isNull();
    table.releaseAll(6, 60);
    assertThat(expire(60, 10)).isEmpty();
    assertThat(expire(61, 10)).containsExactly(key(1));
    assertThat(table.size()).isZero();
  }

  @Test
  @DisplayName("A full table takes nobody before somebody went; what is not known cannot be moved")
  void full() {
    for (int number = 0; number < ENTRIES; number++) {
      table.add(key(number), 1, number);
    }
    assertThat(table.isFull()).isTrue();
    assertThatThrownBy(() -> table.add(key(ENTRIES), 1, ENTRIES))
        .hasMessageContaining("all 2100 entries");
    assertThatThrownBy(() -> table.move(key(ENTRIES), 1)).hasMessageContaining("10.0.8.52");
    assertThat(evict()).isEqualTo(key(0));
    table.add(key(ENTRIES), 2, ENTRIES);
    assertThat(table.group(key(ENTRIES))).hasValue(2);
    assertThat(table.group(key(0))).isEmpty();
    assertThat(table.tally(1).keys()).isEqualTo(ENTRIES - 1);
  }

  @Test
  @DisplayName("Who asks while others are written finds each key that stays, in its group")
  void concurrent() throws Exception {
    var large = new StickTable(200_000, 17);
    for (int number = 0; number < 1_000; number++) {
      large.add(key(number), number, 0);
    }
    var over = new AtomicBoolean();
    var wrong = new ArrayList<String>();
    var reader =
        Thread.ofPlatform()
            .start(() -> {
              for (int number = 0; !over.get(); number = (number + 1) % 1_000) {
                var group = large.group(key(number));
                if (group.isEmpty() || group.getAsInt() != number) {
                  wrong.add(key(number) + " in " + group);
                }
              }
            });
    for (int number = 1_000; number < 150_000; number++) {
      large.add(key(number), 1, 0);
      if (number % 3 == 0) {
        large.remove(key(number - 1));
      }
    }
    over.set(true);
    assertThat(reader.join(Duration.ofSeconds(60))).isTrue();
    assertThat(wrong).isEmpty();
  }
}
