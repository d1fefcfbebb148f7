package dev.holdfast.dataplane.agreement.stick;

import dev.holdfast.dataplane.sticky.table.StickKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was taken away and is not cut everywhere yet.
 *
 * @param keys in the order of their indices
 * @param groups that serve nobody
 * @param spilled the newest index of those that are not among the keys for want of room; 0 for none
 */
public record FencesImage(Map<StickKey, Long> keys, Map<Integer, Long> groups, long spilled) {

  public FencesImage {
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    groups = Map.copyOf(groups);
  }
}
