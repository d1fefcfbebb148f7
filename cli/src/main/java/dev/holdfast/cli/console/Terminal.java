package dev.holdfast.cli.console;

/** Whether a person looks on. */
public final class Terminal {
  private Terminal() {}

  /** Whether both stdin and stdout are a terminal; of stderr alone, Java cannot tell. */
  @SuppressWarnings("SystemConsoleNull") // it is null in a runtime image without jdk.internal.le
  public static boolean isInteractive() {
    var console = System.console();
    return console != null && console.isTerminal();
  }
}
