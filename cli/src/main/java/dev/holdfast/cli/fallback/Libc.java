package dev.holdfast.cli.fallback;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** Linux's calls for Unix datagram sockets, under their own names and with their own numbers. */
final class Libc {
  static final int EAGAIN = 11;
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;

  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle CONNECT =
      function("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SEND =
      function("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private Libc() {}

  /** A call that failed. */
  static final class Failure extends IOException {
    private static final long serialVersionUID = 1;
    final int errno;

    private Failure(String call, int errno) {
      super("%s: %s".formatted(call, text(errno)));
      this.errno = errno;
    }

    private static String text(int errno) {
      return switch (errno) {
        case 2 -> "there is no such file";
        case 13 -> "permission denied";
        case 91 -> "it is no datagram socket";
        case 111 -> "nobody listens";
        default -> "errno " + errno;
      };
    }
  }

  /** A new socket, not inherited by programs that are started. */
  static int datagramSocket() throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      var descriptor = (int) SOCKET.invokeExact(state, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      return (int) succeeded("socket", descriptor, state);
    } catch (Throwable e) {
      throw known(e);
    }
  }

  /**
   * @param address a sockaddr_un
   */
  static void connect(int descriptor, byte[] address) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      var memory = arena.allocateFrom(JAVA_BYTE, address);
      succeeded(
          "connect", (int) CONNECT.invokeExact(state, descriptor, memory, address.length), state);
    } catch (Throwable e) {
      throw known(e);
    }
  }

  /** Does not wait for room; then it fails with {@link #EAGAIN}. */
  static void send(int descriptor, byte[] message) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      var memory = arena.allocateFrom(JAVA_BYTE, message);
      var flags = MSG_DONTWAIT | MSG_NOSIGNAL;
      succeeded(
          "send",
          (long) SEND.invokeExact(state, descriptor, memory, (long) message.length, flags),
          state);
    } catch (Throwable e) {
      throw known(e);
    }
  }

  static void close(int descriptor) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      succeeded("close", (int) CLOSE.invokeExact(state, descriptor), state);
    } catch (Throwable e) {
      throw known(e);
    }
  }

  @SuppressWarnings("restricted") // the program is started with --enable-native-access
  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }

  private static long succeeded(String call, long result, MemorySegment state) throws Failure {
    if (result < 0) {
      throw new Failure(call, (int) ERRNO.get(state, 0L));
    }
    return result;
  }

  private static IOException known(Throwable e) {
    return switch (e) {
      case IOException failure -> failure;
      case RuntimeException defect -> throw defect;
      case Error error -> throw error;
      default -> throw new IllegalStateException(e);
    };
  }
}
