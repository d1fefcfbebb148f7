package dev.holdfast.cli;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A Unix datagram socket that is listened to, as syslog does. */
record DatagramReceiver(Path path, int descriptor) implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MAX_LENGTH = 16 * 1024;
  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle RECV =
      function("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  static DatagramReceiver bind(Path path) {
    try (var arena = Arena.ofConfined()) {
      var name = path.toString().getBytes(StandardCharsets.UTF_8);
      var address =
          ByteBuffer.allocate(3 + name.length)
              .order(ByteOrder.nativeOrder())
              .putShort((short) AF_UNIX)
              .put(name)
              .array();
      var descriptor = (int) SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM, 0);
      var memory = arena.allocateFrom(JAVA_BYTE, address);
      if (descriptor < 0 || (int) BIND.invokeExact(descriptor, memory, address.length) != 0) {
        throw new AssertionError("no datagram socket at " + path);
      }
      return new DatagramReceiver(path, descriptor);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for the next message. */
  String receive() {
    return Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::poll, it -> it != null);
  }

  private String poll() {
    try (var arena = Arena.ofConfined()) {
      var buffer = arena.allocate(MAX_LENGTH);
      var length = (long) RECV.invokeExact(descriptor, buffer, (long) MAX_LENGTH, MSG_DONTWAIT);
      return length < 0
          ? null
          : new String(buffer.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      var _ = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
  }
}
