package dev.holdfast.cli.run;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.ResourceStatus;
import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.cli.console.ProblemText;
import dev.holdfast.cli.convert.ConvertedSecrets;
import dev.holdfast.dataplane.admin.AdminContent;
import dev.holdfast.dataplane.agreement.group.place.PeerReplicas;
import dev.holdfast.dataplane.metrics.MetricSource;
import dev.holdfast.dataplane.runtime.DataPlane;
import dev.holdfast.dataplane.runtime.DataPlaneOptions;
import dev.holdfast.dataplane.runtime.replica.AgreementOptions;
import dev.holdfast.dataplane.state.PrimaryStore;
import dev.holdfast.dataplane.state.StateDirectory;
import dev.holdfast.dataplane.state.TableDirectory;
import dev.holdfast.dataplane.state.TableStore;
import dev.holdfast.dataplane.status.JoinedBoards;
import dev.holdfast.dataplane.status.StatusBoard;
import dev.holdfast.health.reference.ReferenceFiles;
import dev.holdfast.health.reference.References;
import dev.holdfast.manifest.ManifestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data plane in this process, from manifests here. Whatever happens to it is an event, and one
 * thread takes the events one after the other: the one that calls {@link #untilStopped}.
 */
public final class LocalRun implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalRun.class);
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final Duration POLL = Duration.ofSeconds(5);

  private final RunEvents events = new RunEvents();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final DataPlane plane;
  private final JoinedBoards everything;
  private final Configuration configuration;
  private Optional<InetSocketAddress> admin = Optional.empty();

  private LocalRun(RunSettings settings) {
    plane = start(options(settings));
    opened.push(plane);
    var groups =
        new LocalGroups(
            references(settings), InstantSource.system(), settings.identity().instance());
    opened.push(groups);
    everything = new JoinedBoards(List.of(plane.status(), plane.balancers(), groups.status()));
    configuration =
        new Configuration(
            settings.source(),
            settings.validated() ? ManifestReader.trustingRules() : ManifestReader.checkingRules(),
            plane,
            groups);
  }

  private static DataPlaneOptions options(RunSettings settings) {
    var options =
        DataPlaneOptions.of(settings.identity().instance())
            .withEventLoops(settings.relaying().eventLoops())
            .withAccessLog(settings.relaying().accessLog())
            .withStore(store(settings.stateDir()))
            .withTables(tables(settings.stateDir()))
            .withReferences(references(settings))
            .withTransport(settings.relaying().transport());
    var tls = settings.identity().tlsDir();
    var state = settings.stateDir();
    return tls == null || state == null
        ? options
        : options.withAgreement(
            new AgreementOptions(
                new FirstUseReplicas(() -> replicas(tls)),
                state.resolve("agreement"),
                settings.identity().pods()));
  }

  /** Listens on all addresses: which one the others find is theirs to say. */
  private static PeerReplicas replicas(Path tls) {
    return new PeerReplicas(tls, new InetSocketAddress(0).getAddress(), new SecureRandom());
  }

  private static DataPlane start(DataPlaneOptions options) {
    try {
      return DataPlane.start(options);
    } catch (UncheckedIOException e) {
      throw new CommandFailed(e.getMessage() + "; leave it to --transport Auto", e);
    }
  }

  /**
   * Returns when everything runs.
   *
   * @throws CommandFailed when a manifest is bad or a port of the interfaces is taken; nothing is
   *     left running then
   */
  public static LocalRun start(RunSettings settings) {
    var run = new LocalRun(settings);
    try {
      run.open(settings);
      return run;
    } catch (IOException e) {
      run.close();
      throw new CommandFailed("the files cannot be watched: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
  }

  private static References references(RunSettings settings) {
    var directory = settings.references();
    var files = directory == null ? References.none() : new ReferenceFiles(directory);
    return switch (settings.source()) {
      case ManifestSource.Files _, ManifestSource.Converted _ -> files;
      case ManifestSource.Text(_, _, var secrets) -> new ConvertedSecrets(secrets, files);
    };
  }

  private static TableStore tables(@Nullable Path directory) {
    try {
      return directory == null ? TableStore.none() : TableDirectory.open(directory);
    } catch (IOException e) {
      throw new CommandFailed(
          "--state-dir: the directory %s cannot be made (%s)".formatted(directory, e), e);
    }
  }

  private static PrimaryStore store(@Nullable Path directory) {
    try {
      return directory == null ? PrimaryStore.none() : StateDirectory.open(directory);
    } catch (IOException e) {
      throw new CommandFailed(
          "--state-dir: files cannot be written in %s (%s)".formatted(directory, e), e);
    }
  }

  private void open(RunSettings settings) throws IOException {
    settings
        .admin()
        .probePort()
        .ifPresent(port -> opened.push(AdminInterfaces.probe(port, configuration::ready)));
    if (settings.source() instanceof ManifestSource.Files(var files)) {
      opened.push(
          FileWatch.start(files, QUIET, POLL, () -> events.reload("the files have changed")));
    }
    var read = configuration.read();
    open(
        settings,
        AdminPlace.of(settings, read.problems().isEmpty() ? read.manifests() : List.of()));
    var problems = configuration.load(read);
    if (!problems.isEmpty() && !(settings.validated() && isTold())) {
      throw new CommandFailed("nothing runs: " + ProblemText.of(problems));
    }
    admin.ifPresent(
        address -> log.info("the admin interface listens on {}", AdminInterfaces.text(address)));
  }

  private void open(RunSettings settings, AdminPlace place) {
    if (place.address() != null) {
      var content =
          new AdminContent(
              everything,
              plane::metrics,
              configuration::ready,
              configuration,
              plane::switchPrimary,
              plane::balancer);
      var server = AdminInterfaces.admin(settings, place, content);
      opened.push(server);
      admin = Optional.of(server.address());
    }
  }

  /** Whether whoever listens learns of a refusal, and can send something better. */
  private boolean isTold() {
    return admin.isPresent()
        && !(plane.status().all().isEmpty() && plane.balancers().all().isEmpty());
  }

  /** Of all kinds. */
  public StatusBoard<ResourceStatus> status() {
    return everything;
  }

  public StatusBoard<DataPlaneStatus> proxies() {
    return plane.status();
  }

  /** The figures of all resources, as {@code /metrics} shows them. */
  public List<MetricSource> metrics() {
    return plane.metrics();
  }

  /** Where the admin interface listens; empty when there is none. */
  public Optional<InetSocketAddress> admin() {
    return admin;
  }

  /** SIGTERM and SIGINT stop, SIGHUP and SIGUSR1 reload, for the rest of the process's life. */
  public void listenToSignals() {
    for (var name : new String[] {"TERM", "INT"}) {
      ProcessSignals.on(name, () -> stop("SIG" + name));
    }
    for (var name : new String[] {"HUP", "USR1"}) {
      ProcessSignals.on(name, () -> events.reload("SIG" + name));
    }
  }

  /** Asks for the end; when it was asked for already, connections are cut. Any thread. */
  public void stop(String why) {
    events.tell(new RunEvent.Stop(why));
  }

  /** Ends the run with a message for the user. Any thread. */
  public void fail(String message) {
    events.tell(new RunEvent.Fail(message));
  }

  /**
   * Runs until it is stopped and all connections have ended.
   *
   * @return the exit code: 0, or 1 when connections were cut because it was stopped twice
   * @throws CommandFailed when it was made to {@link #fail}
   */
  public int untilStopped() {
    while (true) {
      switch (events.next()) {
        case RunEvent.Reload(var why) -> reloadNow(why);
        case RunEvent.Stop(var why) -> {
          return new Draining(plane, events).run(why);
        }
        case RunEvent.Fail(var message) -> throw new CommandFailed(message);
        case RunEvent.Drained drained -> log.debug("nobody asked for {}", drained);
      }
    }
  }

  private void reloadNow(String why) {
    log.debug("reading the manifests again: {}", why);
    var problems = configuration.load();
    if (!problems.isEmpty()) {
      log.error("the change is refused, what ran before goes on: {}", ProblemText.of(problems));
    }
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        log.warn("could not be closed in order", e);
      }
    }
  }
}
