package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.MemberId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A member's directory: nobody else's, and one process's at a time. The library has a lock too, but
 * removes its file at exit, so that two processes can hold locks on two files of that name.
 */
final class Directory implements AutoCloseable {
  private static final String FORM = "holdfast-log 1";
  private static final String MADE = "made";
  private static final String USED = "used";

  private final Path root;
  private final UUID group;
  private final MemberId member;
  private final FileChannel lockFile;

  private Directory(Path root, UUID group, MemberId member, FileChannel lockFile) {
    this.root = root;
    this.group = group;
    this.member = member;
    this.lockFile = lockFile;
  }

  /**
   * @throws LogDamaged when it is another's, or not whole
   * @throws LogUnavailable when another process has it
   */
  static Directory open(Path root, UUID group, MemberId member) throws IOException {
    Files.createDirectories(root);
    var lockFile =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock(root, lockFile);
      var directory = new Directory(root, group, member, lockFile);
      directory.check();
      return directory;
    } catch (IOException e) {
      lockFile.close();
      throw e;
    }
  }

  private static void lock(Path root, FileChannel lockFile) throws IOException {
    FileLock lock;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException _) {
      lock = null;
    }
    if (lock == null) {
      throw new LogUnavailable(
          root + ": another process uses this member's directory; end it first");
    }
  }

  private void check() throws IOException {
    var ours = root.resolve(group.toString());
    try (var entries = Files.list(root)) {
      for (var entry : entries.filter(Files::isDirectory).toList()) {
        if (!entry.equals(ours)) {
          throw new LogDamaged(entry, "expected only " + group + ", found another group's log");
        }
      }
    }
    var note = root.resolve("member");
    if (!Files.exists(note)) {
      if (Files.exists(ours)) {
        throw new LogDamaged(note, "expected a note of whose log this is, found none");
      }
      note(MADE);
      return;
    }
    var found = Files.readString(note, StandardCharsets.UTF_8);
    if (!found.equals(text(MADE)) && !found.equals(text(USED))) {
      throw new LogDamaged(
          note,
          "expected the log of member %s of group %s, found another".formatted(member, group));
    }
    if (found.equals(text(USED)) || Files.exists(ours.resolve("current").resolve("raft-meta"))) {
      new LogFiles(ours).check();
    }
  }

  /** From now on a directory without a log is one that lost it. */
  void used() throws IOException {
    note(USED);
  }

  private String text(String state) {
    return "%s\n%s\n%s\n%s\n".formatted(FORM, group, member, state);
  }

  private void note(String state) throws IOException {
    writeWhole(
        root.resolve("member"), ByteBuffer.wrap(text(state).getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes a file that is there whole or as it was before, also after a crash. */
  static void writeWhole(Path file, ByteBuffer bytes) throws IOException {
    var part = file.resolveSibling(file.getFileName() + ".part");
    try (var out =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (var parent = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
      parent.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
