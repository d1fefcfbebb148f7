package dev.holdfast.cli.run;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;

/**
 * Signals of this process. The JDK has no supported way to hear of them; {@code sun.misc.Signal} is
 * the one that module jdk.unsupported exports, reached by reflection because javac cannot compile
 * against it without a warning.
 */
public final class ProcessSignals {
  private ProcessSignals() {}

  /**
   * Calls the action on a thread of the JVM, each time the signal comes.
   *
   * @param name without SIG, such as {@code TERM}
   * @throws IllegalStateException when the JVM keeps this signal to itself (with {@code -Xrs})
   */
  public static void on(String name, Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var run =
          MethodHandles.lookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(action);
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance(name),
              MethodHandleProxies.asInterfaceInstance(
                  handler, MethodHandles.dropArguments(run, 0, signal)));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("cannot listen to SIG" + name, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java runtime lacks module jdk.unsupported", e);
    }
  }
}
