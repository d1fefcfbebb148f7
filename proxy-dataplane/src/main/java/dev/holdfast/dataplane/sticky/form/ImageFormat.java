package dev.holdfast.dataplane.sticky.form;

import dev.holdfast.dataplane.sticky.GroupPolicy;
import dev.holdfast.dataplane.sticky.GroupStanding;
import dev.holdfast.dataplane.sticky.GroupStanding.Change;
import dev.holdfast.dataplane.sticky.GroupStanding.FailingCheck;
import dev.holdfast.dataplane.sticky.GroupStanding.SelfReport;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.MachineImage;
import dev.holdfast.dataplane.sticky.table.StickKey;
import dev.holdfast.dataplane.sticky.table.TableImage;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a machine's image is written, in format 1. Numbers are big endian, texts as {@link
 * DataOutputStream#writeUTF} has them, what may be missing comes after a byte that says so.
 */
public final class ImageFormat {
  private static final int MAX_TEXT = 1_000;

  private ImageFormat() {}

  public static void write(MachineImage image, DataOutputStream out) throws IOException {
    out.writeInt(image.now());
    out.writeInt(image.groups().size());
    for (var group : image.groups()) {
      write(group, out);
    }
    out.writeInt(image.turns().size());
    for (var turn : image.turns().entrySet()) {
      out.writeInt(turn.getKey());
      out.writeLong(turn.getValue());
    }
    write(image.table(), out);
  }

  /**
   * @throws IOException when it ends too early, or holds a text that is none
   * @throws IllegalArgumentException when it holds something else than what was written
   */
  public static MachineImage read(DataInputStream in) throws IOException {
    var now = in.readInt();
    var groups = new ArrayList<GroupStanding>();
    for (int left = in.readInt(); left > 0; left--) {
      groups.add(readGroup(in));
    }
    Map<Integer, Long> turns = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      turns.put(in.readInt(), in.readLong());
    }
    return new MachineImage(now, groups, turns, readTable(in));
  }

  private static void write(GroupStanding group, DataOutputStream out) throws IOException {
    out.writeInt(group.id());
    out.writeUTF(group.policy().name());
    write(group.policy().wanted(), out);
    out.writeInt(group.policy().weight());
    out.writeInt(group.since());
    var change = group.change();
    out.writeBoolean(change != null);
    if (change != null) {
      write(change.state(), out);
      write(change.instead(), out);
    }
    var report = group.report();
    out.writeBoolean(report != null);
    if (report != null) {
      write(report.state(), out);
      out.writeInt(report.until());
      out.writeUTF(bounded(report.why()));
    }
    out.writeInt(group.failing().size());
    for (var check : group.failing()) {
      out.writeUTF(check.check());
      write(check.state(), out);
      out.writeBoolean(check.why() != null);
      if (check.why() != null) {
        out.writeUTF(bounded(check.why()));
      }
    }
  }

  private static GroupStanding readGroup(DataInputStream in) throws IOException {
    var policy = new GroupPolicy(in.readInt(), in.readUTF(), readState(in), in.readInt());
    var since = in.readInt();
    var change = in.readBoolean() ? new Change(readState(in), readState(in)) : null;
    var report =
        in.readBoolean() ? new SelfReport(readState(in), in.readInt(), in.readUTF()) : null;
    List<FailingCheck> failing = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      failing.add(new FailingCheck(in.readUTF(), readState(in), readWhy(in)));
    }
    return new GroupStanding(policy, change, report, failing, since);
  }

  private static @Nullable String readWhy(DataInputStream in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }

  private static void write(GroupState state, DataOutputStream out) throws IOException {
    out.writeUTF(state.name());
  }

  private static GroupState readState(DataInputStream in) throws IOException {
    return GroupState.valueOf(in.readUTF());
  }

  private static String bounded(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  private static void write(TableImage table, DataOutputStream out) throws IOException {
    out.writeInt(table.firstIdle());
    out.writeInt(table.firstFree());
    out.writeInt(table.size());
    for (int at = 0; at < table.size(); at++) {
      var slot = table.slot(at);
      var key = slot.key();
      out.writeShort(key == null ? 0 : key.bytes().length);
      if (key != null) {
        out.write(key.bytes());
        out.writeInt(slot.group());
        out.writeInt(slot.touched());
        out.writeByte(slot.holders());
      }
      out.writeInt(slot.link());
    }
  }

  private static TableImage readTable(DataInputStream in) throws IOException {
    var firstIdle = in.readInt();
    var firstFree = in.readInt();
    var table = new TableImage.Builder();
    for (int left = in.readInt(); left > 0; left--) {
      var length = in.readUnsignedShort();
      if (length == 0) {
        table.add(new TableImage.Slot(null, 0, 0, 0, in.readInt()));
      } else {
        var key = StickKey.read(in.readNBytes(length));
        table.add(
            new TableImage.Slot(
                key, in.readInt(), in.readInt(), in.readUnsignedByte(), in.readInt()));
      }
    }
    return table.build(firstIdle, firstFree);
  }
}
