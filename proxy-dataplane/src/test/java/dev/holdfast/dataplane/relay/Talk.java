package dev.holdfast.dataplane.relay;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * How one side of a connection behaves: what it sends in which pieces and pauses, how it ends, and
 * how slowly it reads.
 */
record Talk(
    Stream stream, long length, int piece, int readPiece, Duration pause, boolean endsWithReset) {

  /** What a side saw: how many right bytes, and whether they ended as a stream or as a reset. */
  record Heard(long bytes, boolean reset) {}

  static Talk random(RandomGenerator random) {
    var length =
        switch (random.nextInt(4)) {
          case 0 -> random.nextLong(3);
          case 1, 2 -> random.nextLong(64 * 1024);
          default -> random.nextLong(4 * 1024 * 1024);
        };
    return new Talk(
        new Stream(random.nextLong()),
        length,
        1 + random.nextInt(length > 100_000 ? 200_000 : 5_000),
        1 + random.nextInt(100_000),
        Duration.ofNanos(random.nextInt(3) == 0 ? random.nextInt(2_000_000) : 0),
        random.nextInt(5) == 0);
  }

  /** Plays this side against one that plays {@code other}. */
  Heard play(Socket socket, Talk other) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Heard> listening = () -> hear(socket, other);
      var heard = threads.submit(listening);
      var spoke = speak(socket);
      if (endsWithReset) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
      var all = heard.get(30, TimeUnit.SECONDS);
      return spoke ? all : new Heard(all.bytes(), true);
    } catch (ExecutionException e) {
      throw new AssertionError(this + " against " + other, e.getCause());
    }
  }

  /** False when interrupted by a reset, of which the kernel then tells the reader nothing. */
  private boolean speak(Socket socket) throws IOException {
    try {
      var out = socket.getOutputStream();
      for (long at = 0; at < length; ) {
        var n = (int) Math.min(piece, length - at);
        out.write(stream.slice(at, n));
        at += n;
        LockSupport.parkNanos(pause.toNanos());
      }
      if (!endsWithReset) {
        socket.shutdownOutput();
      }
      return true;
    } catch (SocketException resetByOther) {
      return false;
    }
  }

  private Heard hear(Socket socket, Talk other) throws IOException {
    var buffer = new byte[readPiece];
    long position = 0;
    try {
      var in = socket.getInputStream();
      for (int n; (n = in.read(buffer)) >= 0; ) {
        position = other.stream.checkPiece(buffer, n, position);
        LockSupport.parkNanos(pause.toNanos() / 8);
      }
      return new Heard(position, false);
    } catch (SocketException reset) {
      return new Heard(position, true);
    }
  }
}
