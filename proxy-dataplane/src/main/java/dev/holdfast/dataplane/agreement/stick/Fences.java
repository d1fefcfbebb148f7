package dev.holdfast.dataplane.agreement.stick;

import dev.holdfast.dataplane.sticky.table.StickKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was taken away, and at which index, while somebody may still act on what was before. Of keys
 * that are in the table no more, a bounded number is known one by one; beyond it the oldest are
 * remembered by their index alone, and as long as that one stands every new key has to wait.
 */
final class Fences {
  /** At 10,000 keys a second, more than are taken away while a dead replica is waited for. */
  static final int MOST_KEYS = 1 << 16;

  private final LinkedHashMap<StickKey, Long> keys;
  private final Map<Integer, Long> groups;
  private final int mostKeys;
  private long spilled;

  Fences(int mostKeys) {
    this(new FencesImage(Map.of(), Map.of(), 0), mostKeys);
  }

  Fences(FencesImage image, int mostKeys) {
    keys = new LinkedHashMap<>(image.keys());
    groups = new HashMap<>(image.groups());
    spilled = image.spilled();
    this.mostKeys = mostKeys;
  }

  FencesImage image() {
    return new FencesImage(keys, groups, spilled);
  }

  /** The key is in the table no more. */
  void raise(StickKey key, long index) {
    keys.putLast(key, index);
    if (keys.size() > mostKeys) {
      spilled = keys.pollFirstEntry().getValue();
    }
  }

  /** The group serves nobody any more. */
  void raise(int group, long index) {
    groups.put(group, index);
  }

  /** What was taken away up to this index is cut everywhere. */
  void pass(long index) {
    while (!keys.isEmpty() && keys.firstEntry().getValue() <= index) {
      keys.pollFirstEntry();
    }
    groups.values().removeIf(raised -> raised <= index);
    spilled = spilled <= index ? 0 : spilled;
  }

  /** Whether a key that is not in the table may still have connections somewhere. */
  boolean stand(StickKey key) {
    return spilled > 0 || keys.containsKey(key);
  }

  /** Whether this group's keys may still have connections to it, though it serves nobody. */
  boolean stand(int group) {
    return groups.containsKey(group);
  }
}
