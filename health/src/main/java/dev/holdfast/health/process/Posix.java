package dev.holdfast.health.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The system calls that the JDK does not offer. Linux's numbers. */
final class Posix {
  private static final int SIGKILL = 9;
  private static final int O_CLOEXEC = 0x80000;
  private static final int WNOHANG = 1;
  private static final int ENFILE = 23;
  private static final int EMFILE = 24;

  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle PIPE2 =
      function("pipe2", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private static final MethodHandle CLOSE = function("close", ValueLayout.JAVA_INT);
  private static final MethodHandle KILL =
      function("kill", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

  private static final MethodHandle WAITPID =
      function("waitpid", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);

  record Pipe(int readEnd, int writeEnd) {}

  private Posix() {}

  @SuppressWarnings("restricted") // the program is started with --enable-native-access
  private static MethodHandle function(String name, MemoryLayout... arguments) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments),
        Linker.Option.captureCallState("errno"));
  }

  /** Neither end is inherited by programs that are started. */
  static Pipe pipe() throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(CALL_STATE);
      var ends = arena.allocate(ValueLayout.JAVA_INT, 2);
      if ((int) PIPE2.invokeExact(state, ends, O_CLOEXEC) != 0) {
        throw new IOException("cannot make a pipe for its output: " + text(errno(state)));
      }
      return new Pipe(
          ends.getAtIndex(ValueLayout.JAVA_INT, 0), ends.getAtIndex(ValueLayout.JAVA_INT, 1));
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void close(int descriptor) {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(CALL_STATE);
      if ((int) CLOSE.invokeExact(state, descriptor) != 0) {
        throw new IllegalStateException("close(" + descriptor + "): errno " + errno(state));
      }
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Ends all processes of a group; does nothing when none is left. */
  static void killGroup(int group) {
    if (group <= 1) {
      throw new IllegalArgumentException("expected a process group, found " + group);
    }
    try (var arena = Arena.ofConfined()) {
      var _ = (int) KILL.invokeExact(arena.allocate(CALL_STATE), -group, SIGKILL);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Takes the dead of a group away. They are children of this process when it adopted them, as
   * process 1 of a container does.
   */
  static void reapGroup(int group) {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(CALL_STATE);
      int reaped;
      do {
        reaped = (int) WAITPID.invokeExact(state, -group, MemorySegment.NULL, WNOHANG);
      } while (reaped > 0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static String text(int errno) {
    return errno == EMFILE || errno == ENFILE ? "Too many open files" : "errno " + errno;
  }

  private static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  private static RuntimeException unexpected(Throwable e) {
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }
}
