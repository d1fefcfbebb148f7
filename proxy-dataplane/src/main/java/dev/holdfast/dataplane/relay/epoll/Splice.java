package dev.holdfast.dataplane.relay.epoll;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The calls of libc for moving bytes through pipes, with their error numbers: Netty's own binding
 * of splice(2) gives the same zero for an end of stream and for a socket that has nothing now.
 */
final class Splice {
  private static final int MOVE_NONBLOCKING = 0x1 | 0x2;
  private static final int SET_PIPE_SIZE = 1031;
  private static final int NO_DESCRIPTOR = -1;
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final VarHandle LAST_ERROR =
      Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));
  private static final MethodHandle SPLICE =
      function(
          "splice",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT),
          ERRNO);
  private static final MethodHandle FCNTL =
      function(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          ERRNO,
          Linker.Option.firstVariadicArg(2));

  private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());

  /** For one thread at a time. */
  Splice() {}

  @SuppressWarnings("restricted") // a call of libc; the process is started with the right to it
  private static MethodHandle function(
      String name, FunctionDescriptor signature, Linker.Option... options) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature, options);
  }

  /**
   * Moves up to {@code length} bytes, one of the descriptors being a pipe.
   *
   * @return how many, 0 at the end of the stream, or {@link Pipe#WOULD_BLOCK}
   */
  int move(int from, int to, int length) throws IOException {
    var moved = call(from, to, length);
    if (moved >= 0) {
      return (int) moved;
    }
    var error = (int) LAST_ERROR.get(state, 0L);
    if (error == Errno.EAGAIN || error == Errno.EINTR) {
      return Pipe.WOULD_BLOCK;
    }
    throw new IOException("splice failed: " + Errno.text(error));
  }

  private long call(int from, int to, int length) {
    try {
      return (long)
          SPLICE.invokeExact(
              state,
              from,
              MemorySegment.NULL,
              to,
              MemorySegment.NULL,
              (long) length,
              MOVE_NONBLOCKING);
    } catch (Throwable e) {
      throw new AssertionError("a call of libc cannot throw", e);
    }
  }

  /**
   * @return the pipe's new capacity in bytes, or a negative number when it is as before
   */
  int resize(int pipe, int bytes) {
    try {
      return (int) FCNTL.invokeExact(state, pipe, SET_PIPE_SIZE, bytes);
    } catch (Throwable e) {
      throw new AssertionError("a call of libc cannot throw", e);
    }
  }

  /**
   * @throws IOException when the kernel does not know splice(2), or a filter forbids it
   */
  void probe() throws IOException {
    call(NO_DESCRIPTOR, NO_DESCRIPTOR, 1);
    var error = (int) LAST_ERROR.get(state, 0L);
    if (error != Errno.EBADF) {
      throw new IOException("splice(2) is not available: " + Errno.text(error));
    }
  }
}
