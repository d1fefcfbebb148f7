package dev.holdfast.cli.demo;

import dev.holdfast.cli.run.ListenAddress;
import dev.holdfast.cli.run.LocalRun;
import dev.holdfast.cli.run.ManifestFiles;
import dev.holdfast.cli.run.ManifestSource;
import dev.holdfast.cli.run.RunSettings;
import dev.holdfast.cli.run.RunSettings.AdminAccess;
import dev.holdfast.cli.run.RunSettings.Identity;
import dev.holdfast.cli.run.RunSettings.Relaying;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The examples, run by the same code as any manifests, in front of sample backends. */
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
    try (var place = DemoDirectory.create();
        var cloud = cloud()) {
      return run(place.path(), cloud, time);
    } finally {
      backends.values().forEach(SampleBackend::close);
    }
  }

  private int run(Path directory, @Nullable SampleCloud cloud, @Nullable Duration time)
      throws IOException {
    var example = DemoManifest.example();
    for (var name : example.backendNames()) {
      backends.put(name, new SampleBackend(name));
    }
    var wanted = port == null ? example.port() : port;
    var listen = FreePort.near(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
    var proxy =
        Files.writeString(
            directory.resolve("failoverproxy.yaml"), example.on(listen, backends).yaml());
    var files = new ArrayList<>(List.of(proxy));
    var titles = new ArrayList<>(List.of(example.title()));
    if (cloud != null) {
      files.add(cloud.write(directory));
      titles.add(cloud.title());
      cloud.servers().forEach(server -> backends.put(server.name(), server));
    }
    try (var run = LocalRun.start(settings(files, directory))) {
      introduce(titles, listen, run, directory);
      return serve(run, time);
    }
  }

  /** Null where there is no second address on loopback. */
  private static @Nullable SampleCloud cloud() {
    try {
      return SampleCloud.start();
    } catch (IOException e) {
      log.info("the demo goes without floating IPs: {}", e.getMessage());
      return null;
    }
  }

  private RunSettings settings(List<Path> files, Path references) throws IOException {
    var wanted = admin.resolved();
    return new RunSettings(
        new ManifestSource.Files(new ManifestFiles(files)),
        false,
        Relaying.standard(false),
        AdminAccess.at(wanted == null ? admin : new ListenAddress(FreePort.near(wanted)), null),
        Identity.ofThisMachine(),
        null,
        references,
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

  private void introduce(
      List<String> titles, InetSocketAddress listen, LocalRun run, Path directory) {
    var lines = new ArrayList<String>();
    lines.add(String.join(" and ", titles) + " run here, in front of samples:");
    lines.add("");
    backends.forEach((name, backend) -> lines.add(item(name, text(backend.address()))));
    lines.add("");
    lines.add(item("Try it", "nc %s %d".formatted(host(listen), listen.getPort())));
    run.admin()
        .map(address -> "http://" + text(address))
        .ifPresent(address -> {
          lines.add(item("Web page", address + "/ui/v1/"));
          lines.add(item("Status", address + "/api/v1/status"));
        });
    lines.add(item("Manifests", directory.toString()));
    lines.add(item("", "edit them: changes are applied at once"));
    lines.add("");
    lines.add("Type " + DemoConsole.usage(List.copyOf(backends.keySet())));
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
