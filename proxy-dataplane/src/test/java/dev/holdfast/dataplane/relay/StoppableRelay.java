package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.RelayEvents.ListenerState;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import dev.holdfast.dataplane.relay.access.AccessLog;
import dev.holdfast.dataplane.relay.transport.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A relay in a process of its own, with nothing in it that would notice the end of its lease. */
final class StoppableRelay implements AutoCloseable {
  private final Process process;
  private final BufferedReader says;
  private final int port;

  private StoppableRelay(Process process) throws IOException {
    this.process = process;
    says = process.inputReader();
    port = Integer.parseInt(says.readLine());
  }

  static StoppableRelay start(Transport.Choice transport, int backendPort) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java,
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            StoppableRelay.class.getName(),
            transport.name(),
            Integer.toString(backendPort));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new StoppableRelay(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  int port() {
    return port;
  }

  /** From now on; returns when the process has taken it. */
  void lease(Duration left) throws IOException {
    var out = process.outputWriter();
    out.write(left.toNanos() + "\n");
    out.flush();
    if (!"leased".equals(says.readLine())) {
      throw new IOException("the relay's process has ended");
    }
  }

  /** Returns when none of its threads runs any more. */
  void stop() throws IOException, InterruptedException {
    signal("STOP");
    RelayFixture.soon().until(this::isStopped);
  }

  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private boolean isStopped() throws IOException {
    try (var threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
      for (var thread : threads.toList()) {
        var stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
        if (!stat.substring(stat.lastIndexOf(')')).startsWith(") T")) {
          return false;
        }
      }
      return true;
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IOException("kill -" + name + " failed");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Prints its port, then reads for how many nanoseconds the lease is to last from now. */
  static void main(String[] args) throws IOException {
    var lease = new TimedLease(System::nanoTime, System.nanoTime() + TimeUnit.MINUTES.toNanos(5));
    var relay =
        new RelayServer(
            Transport.open(Transport.Choice.valueOf(args[0]), 2),
            events(),
            AccessLog.off(),
            RelayOptions.defaults("test/relay", "127.0.0.1", 0));
    var target = RelayFixture.target(Integer.parseInt(args[1]), 1);
    relay.admit(new Admission.Open(target, lease, new Admission.Refuse()));
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = in.readLine()) != null; ) {
      lease.prolong(System.nanoTime() + Long.parseLong(line));
      System.out.println("leased");
    }
    // ended with the test's process
    Runtime.getRuntime().halt(0);
  }

  private static RelayEvents events() {
    return new RelayEvents() {
      @Override
      public void connectFailed(Target target, ConnectFailure failure) {
        // the client sees it
      }

      @Override
      public void listenerChanged(Listen listen, ListenerState state) {
        if (state instanceof ListenerState.Open(var address, var port)) {
          System.out.println(port);
        }
      }
    };
  }
}
