package dev.holdfast.health.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/** Makes the test's process adopt orphans of its descendants, as process 1 does. */
final class Subreaper {
  private static final int PR_SET_CHILD_SUBREAPER = 36;

  private Subreaper() {}

  @SuppressWarnings("restricted") // the tests are started with --enable-native-access
  static void become() {
    var linker = Linker.nativeLinker();
    var prctl =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("prctl"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    try {
      var result = (int) prctl.invokeExact(PR_SET_CHILD_SUBREAPER, 1L);
      if (result != 0) {
        throw new IllegalStateException("prctl: " + result);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
