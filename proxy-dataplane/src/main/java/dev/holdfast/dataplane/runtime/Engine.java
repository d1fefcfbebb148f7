package dev.holdfast.dataplane.runtime;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.dataplane.hooks.HookRunner;
import dev.holdfast.dataplane.metrics.MetricSource;
import dev.holdfast.dataplane.relay.access.AccessLog;
import dev.holdfast.dataplane.relay.access.QueuedAccessLog;
import dev.holdfast.dataplane.relay.transport.Transport;
import dev.holdfast.dataplane.runtime.replica.ReplicaOpener;
import dev.holdfast.dataplane.runtime.resource.Surroundings;
import dev.holdfast.dataplane.status.LiveStatusBoard;
import dev.holdfast.health.probe.DecisionLoop;
import dev.holdfast.health.probe.Network;
import dev.holdfast.health.probe.Probers;
import dev.holdfast.health.process.ProcessRunner;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The threads and sockets that all resources of a data plane share.
 *
 * @param checks the event loop of checks, which wait for no relay's bytes
 * @param processes runs the programs of checks and hooks
 */
public record Engine(
    Surroundings surroundings,
    EventLoopGroup checks,
    UncachedNames names,
    ProcessRunner processes,
    Optional<QueuedAccessLog> accessLog)
    implements AutoCloseable {
  private static final long STOP_SECONDS = 5;

  public static Engine start(
      DataPlaneOptions options,
      LiveStatusBoard<DataPlaneStatus> board,
      LiveStatusBoard<StickyBalancerReport> balancers) {
    var transport = transport(options);
    EventLoopGroup checks = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    var names = new UncachedNames();
    var accessLog =
        options.accessLog()
            ? Optional.of(QueuedAccessLog.start())
            : Optional.<QueuedAccessLog>empty();
    var decisions = new DecisionLoop();
    var processes = new ProcessRunner();
    var surroundings =
        new Surroundings(
            options.instance(),
            decisions,
            transport,
            new Probers(
                new Network(checks, names),
                processes,
                options.references(),
                InstantSource.system()),
            new SplittableRandom(),
            new HookRunner(processes, options.references(), decisions),
            options.store(),
            options.tables(),
            board,
            balancers,
            accessLog.<AccessLog>map(log -> log).orElseGet(AccessLog::off),
            new ReplicaOpener(options.instance(), options.agreement()));
    return new Engine(surroundings, checks, names, processes, accessLog);
  }

  Stream<MetricSource> metrics() {
    return Stream.concat(
        accessLog.<MetricSource>map(log -> log).stream(), surroundings.replicas().metrics());
  }

  private static Transport transport(DataPlaneOptions options) {
    var threads =
        options.eventLoops() == 0
            ? Runtime.getRuntime().availableProcessors()
            : options.eventLoops();
    try {
      return Transport.open(options.transport(), threads);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "transport %s: %s".formatted(options.transport(), e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    surroundings.decisions().close();
    processes.close();
    surroundings.store().close();
    surroundings.tables().close();
    names.close();
    surroundings.transport().close();
    checks
        .shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    accessLog.ifPresent(QueuedAccessLog::close);
  }
}
