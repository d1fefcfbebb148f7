package dev.holdfast.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What one command printed and returned, run inside the test's own JVM. */
record Execution(int exitCode, String out, String err) {

  static Execution of(String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode =
        Holdfast.commandLine(args)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(args);
    return new Execution(exitCode, out.toString(), err.toString());
  }
}
