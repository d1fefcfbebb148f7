package dev.holdfast.cli.demo;

import dev.holdfast.cli.run.HostName;
import dev.holdfast.cli.run.ListenAddress;
import dev.holdfast.cli.run.LocalRun;
import dev.holdfast.cli.run.ManifestFiles;
import dev.holdfast.cli.run.ManifestSource;
import dev.holdfast.cli.run.RunSettings;
import dev.holdfast.cli.status.StatusScreen;
import dev.holdfast.dataplane.relay.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
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

  private final DemoScreen screen;
  private final @Nullable Integer port;
  private final ListenAddress admin;
  private final String version;
  private final Map<String, SampleBackend> backends = new LinkedHashMap<>();

  /**
   * @param port where clients connect, 0: any; null: the example's
   */
  public Demo(PrintWriter out, @Nullable Integer port, ListenAddress admin, String version) {
    this.screen = new DemoScreen(out, Clock.system(ZoneId.systemDefault()));
    this.port = port;
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
      var wanted = port == null ? example.port() : port;
      var listen = FreePort.near(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
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
        new ManifestSource.Files(new ManifestFiles(List.of(file))),
        false,
        0,
        wanted == null ? admin : new ListenAddress(FreePort.near(wanted)),
        OptionalInt.empty(),
        null,
        null,
        false,
        null,
        null,
        HostName.local(),
        Transport.Choice.Auto,
        version);
  }

  private int serve(LocalRun run, @Nullable Duration time) {
    var console =
        new DemoConsole(
            backends,
            () -> StatusScreen.lines(run.status().all(), Instant.now()),
            () -> run.stop("quit"),
            screen);
    if (time != null) {
      CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> run.stop("the time is up"));
    }
    run.listenToSignals();
    Thread.ofPlatform().daemon().name("console").start(() -> converse(console));
    try (var _ = new NewsReporter(run.status(), screen)) {
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
    var lines = new ArrayList<String>();
    lines.add(manifest.title() + " runs here, in front of sample backends:");
    lines.add("");
    backends.forEach((name, backend) -> lines.add(item(name, text(backend.address()))));
    lines.add("");
    lines.add(item("Try it", "nc %s %d".formatted(host(listen), listen.getPort())));
    run.admin()
        .ifPresent(
            address -> lines.add(item("Status", "http://" + text(address) + "/api/v1/status")));
    lines.add(item("Manifest", file.toString()));
    lines.add(item("", "edit it: changes are applied at once"));
    lines.add("");
    lines.add("Type " + DemoConsole.usage(manifest.backendNames()));
    lines.add("");
    screen.show(lines);
  }

  private static String item(String name, String value) {
    return "  %-10s %s".formatted(name, value);
  }

  private static String text(InetSocketAddress address) {
    return host(address) + ":" + address.getPort();
  }

  private static String host(InetSocketAddress address) {
    return address.getAddress().getHostAddress();
  }
}
