package dev.holdfast.dataplane.agreement.wire;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.stick.FencesImage;
import dev.holdfast.dataplane.agreement.stick.Lane;
import dev.holdfast.dataplane.agreement.stick.LedgerHead;
import dev.holdfast.dataplane.agreement.stick.LedgerImage;
import dev.holdfast.dataplane.sticky.MachineImage;
import dev.holdfast.dataplane.sticky.form.ImageFormat;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Images as snapshots keep them: the length of the part that is small, that part, and the machine
 * with its table as {@link ImageFormat} writes it. A million keys of IPv4 addresses take 20 MB.
 */
public final class LedgerImageCodec implements Codec<LedgerImage> {
  private static final String WHAT = "table ledger";
  private static final int VERSION = 1;

  /** A slot with an IPv4 address. */
  private static final int USUAL_SLOT = 20;

  @Override
  public byte[] encode(LedgerImage image) {
    var slots = (long) image.machine().table().size();
    var size = (int) Math.min(Integer.MAX_VALUE / 2, (slots + 100) * USUAL_SLOT);
    var bytes = new ByteArrayOutputStream(size);
    try (var out = new DataOutputStream(bytes)) {
      var small = small(image);
      out.writeInt(small.length);
      out.write(small);
      ImageFormat.write(image.machine(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] small(LedgerImage image) {
    var out = new FieldWriter(VERSION);
    var head = image.head();
    out.number(image.index());
    out.each(head.members(), out::member);
    StickFields.leases(out, head.leases());
    out.number(head.generation());
    out.optional(head.configuration(), next -> StickFields.configuration(out, next));
    out.optional(head.leader(), out::incarnation);
    out.number(head.ruled());
    out.truth(head.overdue());
    out.number(head.fence());
    out.each(
        image.lanes().entrySet(),
        lane -> {
          out.member(lane.getKey());
          out.number(lane.getValue().incarnation());
          out.number(lane.getValue().heard());
        });
    fences(out, image.fences());
    return out.done();
  }

  private static void fences(FieldWriter out, FencesImage fences) {
    out.each(
        fences.keys().entrySet(),
        fence -> {
          out.key(fence.getKey());
          out.number(fence.getValue());
        });
    out.each(
        fences.groups().entrySet(),
        fence -> {
          out.number(fence.getKey());
          out.number(fence.getValue());
        });
    out.number(fences.spilled());
  }

  @Override
  public LedgerImage decode(byte[] bytes) throws UnreadableException {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      var length = in.readInt();
      if (length < 0 || length > in.available()) {
        throw unreadable("expected at most %d, found %d".formatted(in.available(), length));
      }
      var small = in.readNBytes(length);
      var machine = ImageFormat.read(in);
      if (in.available() > 0) {
        throw unreadable("expected its end, found %d bytes more".formatted(in.available()));
      }
      return FieldReader.read(WHAT, VERSION, small, fields -> image(fields, machine));
    } catch (UnreadableException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(e.toString());
    }
  }

  private static UnreadableException unreadable(String why) {
    return FieldReader.unreadable(WHAT, why);
  }

  private static LedgerImage image(FieldReader in, MachineImage machine)
      throws UnreadableException {
    var index = in.number();
    var members = in.members();
    var leases = StickFields.leases(in);
    var generation = in.number();
    var configuration = in.optional(StickFields::configuration);
    var leader = in.optional(FieldReader::incarnation);
    var ruled = in.number();
    var overdue = in.truth();
    var fence = in.number();
    var lanes = lanes(in);
    var processes = new HashMap<MemberId, Long>();
    lanes.forEach((member, lane) -> processes.put(member, lane.incarnation()));
    var head =
        new LedgerHead(
            members,
            leases,
            processes,
            generation,
            configuration,
            leader,
            ruled,
            machine.now(),
            overdue,
            fence,
            machine.groups());
    return new LedgerImage(index, head, lanes, fences(in), machine);
  }

  private static Map<MemberId, Lane> lanes(FieldReader in) throws UnreadableException {
    var lanes = new HashMap<MemberId, Lane>();
    for (var lane :
        in.each(each -> Map.entry(each.member(), new Lane(each.number(), each.number())))) {
      lanes.put(lane.getKey(), lane.getValue());
    }
    return lanes;
  }

  private static FencesImage fences(FieldReader in) throws UnreadableException {
    var keys = new LinkedHashMap<StickKey, Long>();
    for (var fence : in.each(each -> Map.entry(each.key(), each.number()))) {
      keys.put(fence.getKey(), fence.getValue());
    }
    var groups = new HashMap<Integer, Long>();
    for (var fence : in.each(each -> Map.entry(each.integer(), each.number()))) {
      groups.put(fence.getKey(), fence.getValue());
    }
    return new FencesImage(keys, groups, in.number());
  }
}
