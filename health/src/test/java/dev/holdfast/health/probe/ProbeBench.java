package dev.holdfast.health.probe;

import dev.holdfast.health.process.ProcessRunner;
import dev.holdfast.health.reference.References;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Runs probes against backends on this machine; the name {@code db} is 127.0.0.1. */
final class ProbeBench implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(20);

  final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  final ProcessRunner processes = new ProcessRunner();
  final Probers probers;

  ProbeBench(References references, InstantSource clock) {
    var names = Names.of("db", "127.0.0.1");
    probers = new Probers(new Network(loops, names), processes, references, clock);
  }

  ProbeBench(References references) {
    this(references, InstantSource.system());
  }

  ProbeResult run(CheckKind kind, int port) throws Exception {
    return run(kind, port, LONG);
  }

  ProbeResult run(CheckKind kind, int port, Duration timeout) throws Exception {
    return probers.probe(kind, new Address("db", port)).run(timeout).get(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    processes.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
