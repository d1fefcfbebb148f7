package dev.holdfast.faults.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A file system of its own, which can become full, and slow: then it stands still most of the time.
 */
final class Disk implements AutoCloseable {
  private static final long SIZE = 64L << 20;
  private static final long FROZEN_MILLIS = 700;
  private static final long THAWED_MILLIS = 50;

  private final Path mountPoint;
  private final Path filler;
  private Slowness slowness;

  Disk(Path directory) throws IOException {
    var image = directory.resolve("disk.img");
    try (var file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(SIZE);
    }
    Command.run("mkfs.ext4", "-q", "-m", "0", image.toString());
    mountPoint = Files.createDirectory(directory.resolve("disk"));
    filler = mountPoint.resolve("filler");
    Command.run("mount", "-o", "loop", image.toString(), mountPoint.toString());
  }

  Path path() {
    return mountPoint;
  }

  /** Until not a byte more can be written. */
  void fill() throws IOException {
    var piece = ByteBuffer.allocate(1 << 20);
    try (var channel =
        FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (var size = piece.capacity(); size > 0; size /= 2) {
        fill(channel, piece.clear().limit(size));
      }
    }
  }

  private static void fill(FileChannel channel, ByteBuffer piece) {
    try {
      while (true) {
        channel.write(piece.rewind());
      }
    } catch (IOException full) {
      // which is what was wanted
    }
  }

  void empty() throws IOException {
    Files.deleteIfExists(filler);
  }

  void slowDown() {
    slowness = new Slowness();
  }

  void speedUp() {
    if (slowness != null) {
      slowness.end();
      slowness = null;
    }
  }

  @Override
  public void close() {
    speedUp();
    Command.run("umount", "--lazy", mountPoint.toString());
  }

  /** Whoever writes waits until it is thawed, as if the device took that long. */
  private final class Slowness {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().start(this::run);

    private void run() {
      try {
        do {
          Command.run("fsfreeze", "--freeze", mountPoint.toString());
          var _ = ended.await(FROZEN_MILLIS, TimeUnit.MILLISECONDS);
          Command.run("fsfreeze", "--unfreeze", mountPoint.toString());
        } while (!ended.await(THAWED_MILLIS, TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts this thread", e);
      }
    }

    private void end() {
      ended.countDown();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a disk was thawed", e);
      }
    }
  }
}
