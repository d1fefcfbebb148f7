package dev.holdfast.dataplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of 127.0.0.1 that nobody listens on, each given once in a process. They are below those
 * that the kernel gives to whoever asks for any, or connects somewhere.
 */
public final class FreePorts {
  private static final int FIRST = 10_000;
  private static final int PORTS = 20_000;

  /** Tests of processes that run side by side begin far from each other. */
  private static final int APART = 7_919;

  private static final AtomicInteger GIVEN =
      new AtomicInteger((int) (ProcessHandle.current().pid() * APART % PORTS));

  private FreePorts() {}

  public static int next() {
    while (true) {
      var port = FIRST + GIVEN.getAndIncrement() % PORTS;
      try (var server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return server.getLocalPort();
      } catch (BindException taken) {
        // another process's: the next one
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
