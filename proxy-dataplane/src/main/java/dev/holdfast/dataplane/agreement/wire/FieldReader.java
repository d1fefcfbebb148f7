package dev.holdfast.dataplane.agreement.wire;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ledger.Grant;
import dev.holdfast.dataplane.agreement.ledger.Target;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes fields in the order in which a {@link FieldWriter} put them. Every count and length is held
 * against the bytes that are left, so that a wrong one costs no memory.
 */
final class FieldReader {

  /** How one thing is read from its fields. */
  interface Form<T> {
    T read(FieldReader in) throws UnreadableException;
  }

  private final String what;
  private final ByteBuffer bytes;

  private FieldReader(String what, byte[] bytes) {
    this.what = what;
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /** Reads a thing that takes up all of the bytes. */
  static <T> T read(String what, int version, byte[] bytes, Form<T> form)
      throws UnreadableException {
    var in = new FieldReader(what, bytes);
    try {
      var written = in.tag();
      if (written != version) {
        throw in.unreadable("expected form %d, found form %d".formatted(version, written));
      }
      var thing = form.read(in);
      if (in.bytes.hasRemaining()) {
        throw in.unreadable("expected its end, found %d bytes more".formatted(in.left()));
      }
      return thing;
    } catch (BufferUnderflowException _) {
      throw in.unreadable("expected more than its %d bytes".formatted(bytes.length));
    }
  }

  UnreadableException unreadable(String why) {
    return unreadable(what, why);
  }

  static UnreadableException unreadable(String what, String why) {
    return new UnreadableException(
        "cannot read a %s: %s; it is damaged, or written by a newer holdfast".formatted(what, why));
  }

  int tag() {
    return Byte.toUnsignedInt(bytes.get());
  }

  long number() {
    return bytes.getLong();
  }

  int smallNumber(int least, int most) throws UnreadableException {
    var value = number();
    if (value < least || value > most) {
      throw unreadable("expected a number from %d to %d, found %d".formatted(least, most, value));
    }
    return (int) value;
  }

  boolean truth() throws UnreadableException {
    var tag = tag();
    if (tag > 1) {
      throw unreadable("expected 0 or 1, found " + tag);
    }
    return tag == 1;
  }

  String text() throws UnreadableException {
    var length = count();
    var encoded = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
    } catch (CharacterCodingException _) {
      throw unreadable("expected UTF-8, found other bytes");
    }
  }

  <T> List<T> each(Form<T> form) throws UnreadableException {
    var left = count();
    var things = new ArrayList<T>();
    for (; left > 0; left--) {
      things.add(form.read(this));
    }
    return things;
  }

  Reason reason() throws UnreadableException {
    return name("reason", Reason.class);
  }

  <E extends Enum<E>> E name(String of, Class<E> type) throws UnreadableException {
    var name = text();
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException _) {
      throw unreadable("found an unknown %s, %s".formatted(of, name));
    }
  }

  int integer() throws UnreadableException {
    return smallNumber(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  <T> @Nullable T optional(Form<T> form) throws UnreadableException {
    return truth() ? form.read(this) : null;
  }

  StickKey key() throws UnreadableException {
    var key = new byte[Short.toUnsignedInt(bytes.getShort())];
    bytes.get(key);
    try {
      return StickKey.read(key);
    } catch (IllegalArgumentException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    }
  }

  MemberId member() throws UnreadableException {
    return new MemberId(text(), number());
  }

  Set<MemberId> members() throws UnreadableException {
    return Set.copyOf(each(FieldReader::member));
  }

  Incarnation incarnation() throws UnreadableException {
    return new Incarnation(member(), number());
  }

  Target target() throws UnreadableException {
    return new Target(text(), text(), smallNumber(0, Character.MAX_VALUE));
  }

  Map<MemberId, Grant> leases() throws UnreadableException {
    var leases = new HashMap<MemberId, Grant>();
    for (var lease :
        each(in -> Map.entry(in.member(), new Grant(in.number(), in.number(), in.number())))) {
      leases.put(lease.getKey(), lease.getValue());
    }
    return leases;
  }

  private int left() {
    return bytes.remaining();
  }

  private int count() throws UnreadableException {
    var count = bytes.getInt();
    if (count < 0 || count > left()) {
      throw unreadable("expected at most %d, found %d".formatted(left(), count));
    }
    return count;
  }
}
