package dev.holdfast.dataplane.state;

import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.sticky.MachineImage;
import dev.holdfast.dataplane.sticky.form.ImageFormat;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A table in a file: a mark, the format's number, whose it is, the image, and a CRC32C of all that.
 */
final class TableFile {
  private static final long MARK = 0x48_46_53_54_49_43_4b_0aL; // "HFSTICK\n"
  private static final int FORMAT = 1;
  private static final int BUFFER = 64 * 1024;

  private TableFile() {}

  static void write(Path file, ResourceKey key, @Nullable String uid, MachineImage image)
      throws IOException {
    DurableFile.write(file, out -> write(out, key, uid, image));
  }

  private static void write(
      OutputStream to, ResourceKey key, @Nullable String uid, MachineImage image)
      throws IOException {
    var checked = new CheckedOutputStream(new BufferedOutputStream(to, BUFFER), new CRC32C());
    var out = new DataOutputStream(checked);
    out.writeLong(MARK);
    out.writeInt(FORMAT);
    out.writeUTF(key.toString());
    out.writeUTF(uid == null ? "" : uid);
    ImageFormat.write(image, out);
    out.writeInt((int) checked.getChecksum().getValue());
    out.flush();
  }

  /**
   * @return null when it is of another uid
   * @throws java.nio.file.NoSuchFileException when nothing was written yet
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException when it holds something else than what was written
   */
  static @Nullable MachineImage read(Path file, ResourceKey key, @Nullable String uid)
      throws IOException {
    verify(file);
    try (var stream = Files.newInputStream(file)) {
      return read(new DataInputStream(new BufferedInputStream(stream, BUFFER)), key, uid);
    } catch (EOFException | UTFDataFormatException e) {
      throw new IllegalArgumentException("it was not written by Holdfast: " + e, e);
    }
  }

  /** Before anything is read from it: damage may look like anything. */
  private static void verify(Path file) throws IOException {
    var sum = new CRC32C();
    try (var stream = Files.newInputStream(file)) {
      var in = new DataInputStream(new BufferedInputStream(stream, BUFFER));
      var buffer = new byte[BUFFER];
      for (var left = Files.size(file) - Integer.BYTES; left > 0; ) {
        var size = (int) Math.min(left, buffer.length);
        in.readFully(buffer, 0, size);
        sum.update(buffer, 0, size);
        left -= size;
      }
      if (in.readInt() != (int) sum.getValue()) {
        throw new IllegalArgumentException("its checksum is wrong");
      }
    } catch (EOFException e) {
      throw new IllegalArgumentException("it ends too early", e);
    }
  }

  private static @Nullable MachineImage read(
      DataInputStream in, ResourceKey key, @Nullable String uid) throws IOException {
    if (in.readLong() != MARK) {
      throw new IllegalArgumentException("expected the mark of a table");
    }
    var format = in.readInt();
    if (format != FORMAT) {
      throw new IllegalArgumentException("expected format %d, found %d".formatted(FORMAT, format));
    }
    var whose = in.readUTF();
    if (!whose.equals(key.toString())) {
      throw new IllegalArgumentException(
          "expected the table of %s, found %s's".formatted(key, whose));
    }
    var whoseUid = in.readUTF();
    return whoseUid.equals(uid == null ? "" : uid) ? ImageFormat.read(in) : null;
  }
}
