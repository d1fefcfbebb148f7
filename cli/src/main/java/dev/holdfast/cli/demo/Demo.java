package dev.holdfast.cli.demo;

import dev.holdfast.cli.run.HostName;
import dev.holdfast.cli.run.ListenAddress;
import dev.holdfast.cli.run.LocalRun;
import dev.holdfast.cli.run.ManifestFiles;
import dev.holdfast.cli.run.RunSettings;
import dev.holdfast.cli.status.StatusScreen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The example, run by the same code as any manifest, in front of sample backends. */
public final class Demo {
  private static final Logger log = LoggerFactory.getLogger(Demo.class);
  private static final String LOOPBACK = "127.0.0.1";

  private final PrintWriter out;
  private final ListenAddress admin;
  private final String version;
  private final Map<String, SampleBackend> backends = new LinkedHashMap<>();

  public Demo(PrintWriter out, ListenAddress admin, String version) {
    this.out = out;
    this.admin = admin;
    this.version = version;
  }

  /**
   * @param time how long; null: until it is told to end
   * @return the exit code
   */
  public int run(@Nullable Duration time) throws IOException {
    var example = DemoManifest.example();
    var directory = Files.createTempDirectory("holdfast-demo");
    var file = directory.resolve("failoverproxy.yaml");
    try {
      for (var name : example.backendNames()) {
        backends.put(name, new SampleBackend(name));
      }
      var listen =
          FreePort.near(new InetSocketAddress(InetAddress.getLoopbackAddress(), example.port()));
      var local = example.on(listen, backends);
      Files.writeString(file, local.yaml());
      try (var run = LocalRun.start(settings(file))) {
        introduce(local, listen, run, file);
        return serve(run, time);
      }
    } finally {
      backends.values().forEach(SampleBackend::close);
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
    }
  }

  private RunSettings settings(Path file) throws IOException {
    var wanted = admin.resolved();
    return new RunSettings(
        new ManifestFiles(List.of(file)),
        false,
        wanted == null ? admin : new ListenAddress(FreePort.near(wanted)),
        OptionalInt.empty(),
        null,
        null,
        HostName.local(),
        version);
  }

  private int serve(LocalRun run, @Nullable Duration time) {
    var console =
        new DemoConsole(
            backends,
            () -> StatusScreen.lines(run.status().all(), Instant.now()),
            () -> run.stop("quit"),
            out);
    if (time != null) {
      CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> run.stop("the time is up"));
    }
    run.listenToSignals();
    Thread.ofPlatform().daemon().name("console").start(() -> converse(console));
    try (var _ = new NewsReporter(run.status(), out)) {
      return run.untilStopped();
    }
  }

  private static void converse(DemoConsole console) {
    try {
      console.converse(
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())));
    } catch (IOException e) {
      log.warn("cannot read what is typed: {}", e.getMessage());
    }
  }

  private void introduce(DemoManifest manifest, InetSocketAddress listen, LocalRun run, Path file) {
    var names = manifest.backendNames();
    out.println(manifest.title() + " runs here in front of sample backends:");
    backends.forEach((name, backend) ->
        out.printf("  %-12s %s:%d%n", name, LOOPBACK, backend.address().getPort()));
    out.println();
    out.printf("  Connect      nc %s %d%n", LOOPBACK, listen.getPort());
    run.admin()
        .ifPresent(address ->
            out.printf("  Status       http://%s:%d/api/v1/status%n", LOOPBACK, address.getPort()));
    out.printf("  Manifest     %s%n", file);
    out.println("               (edit it: a change is applied at once)");
    out.println();
    out.println("Type " + DemoConsole.usage(names));
    out.println();
    out.flush();
  }
}
