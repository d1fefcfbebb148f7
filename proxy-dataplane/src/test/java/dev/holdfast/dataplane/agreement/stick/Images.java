package dev.holdfast.dataplane.agreement.stick;

import dev.holdfast.dataplane.sticky.MachineImage;
import dev.holdfast.dataplane.sticky.table.StickEntry;
import dev.holdfast.dataplane.sticky.table.StickTable;
import dev.holdfast.dataplane.sticky.table.TableImage;
import java.util.List;
import java.util.stream.IntStream;

/** Images as tests need them: more than once, and side by side. */
public final class Images {
  private Images() {}

  /** As if it had been written down and read. */
  public static LedgerImage copy(LedgerImage image) {
    var builder = new TableImage.Builder();
    var machine = image.machine();
    for (int slot = 0; slot < machine.table().size(); slot++) {
      builder.add(machine.table().slot(slot));
    }
    var table = builder.build(machine.table().firstIdle(), machine.table().firstFree());
    return new LedgerImage(
        image.index(),
        image.head(),
        image.lanes(),
        image.fences(),
        new MachineImage(machine.now(), machine.groups(), machine.turns(), table));
  }

  /** In the order of their slots. */
  public static List<StickEntry> entries(StickTable table) {
    return table.page(0, Integer.MAX_VALUE, Integer.MAX_VALUE, _ -> true).entries();
  }

  public static List<TableImage.Slot> slots(LedgerImage image) {
    var table = image.machine().table();
    return IntStream.range(0, table.size()).mapToObj(table::slot).toList();
  }
}
