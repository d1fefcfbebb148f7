package dev.holdfast.dataplane.sticky;

import dev.holdfast.dataplane.sticky.table.TableImage;
import java.util.List;
import java.util.Map;

/**
 * A machine as it is at one moment.
 *
 * @param now in the table's seconds
 * @param turns by group: the weight that it has gathered
 */
public record MachineImage(
    int now, List<GroupStanding> groups, Map<Integer, Long> turns, TableImage table) {

  public MachineImage {
    groups = List.copyOf(groups);
    turns = Map.copyOf(turns);
  }
}
