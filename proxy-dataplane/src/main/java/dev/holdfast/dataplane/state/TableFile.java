package dev.holdfast.dataplane.state;

import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.sticky.MachineImage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
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
    try (var stream = Files.newInputStream(file)) {
      var checked = new CheckedInputStream(new BufferedInputStream(stream, BUFFER), new CRC32C());
      var in = new DataInputStream(checked);
      if (in.readLong() != MARK) {
        throw new IllegalArgumentException("expected the mark of a table");
      }
      var format = in.readInt();
      if (format != FORMAT) {
        throw new IllegalArgumentException(
            "expected format %d, found %d".formatted(FORMAT, format));
      }
      var whose = in.readUTF();
      var whoseUid = in.readUTF();
      var image = ImageFormat.read(in);
      var sum = (int) checked.getChecksum().getValue();
      if (in.readInt() != sum || in.read() >= 0) {
        throw new IllegalArgumentException("its checksum or its length is wrong");
      }
      if (!whose.equals(key.toString())) {
        throw new IllegalArgumentException(
            "expected the table of %s, found %s's".formatted(key, whose));
      }
      return whoseUid.equals(uid == null ? "" : uid) ? image : null;
    } catch (EOFException e) {
      throw new IllegalArgumentException("it ends too early", e);
    }
  }
}
