package dev.holdfast.floatingip.group;

import dev.holdfast.floatingip.hetzner.JdkTransport;
import dev.holdfast.health.probe.DecisionLoop;
import dev.holdfast.health.probe.Network;
import dev.holdfast.health.probe.Probers;
import dev.holdfast.health.process.ProcessRunner;
import dev.holdfast.health.reference.References;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The threads and sockets that all groups of this process share. */
public final class GroupEngine implements AutoCloseable {
  private static final long STOP_SECONDS = 5;
  private static final int MAX_ANSWER = 4 << 20;

  private final DecisionLoop decisions = new DecisionLoop();
  private final JdkTransport transport = new JdkTransport(MAX_ANSWER);
  private final ProcessRunner processes = new ProcessRunner();
  private final EventLoopGroup checks;
  private final Network network;

  public GroupEngine() {
    checks = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    // servers have addresses: there is no name to look up
    network = new Network(checks, DefaultAddressResolverGroup.INSTANCE);
  }

  /**
   * What one group needs; groups that find their secrets in the same place may share it.
   *
   * @param references where checks find their secrets
   */
  public GroupSurroundings surroundings(References references) {
    var probers = new Probers(network, processes, references, InstantSource.system());
    return new GroupSurroundings(
        decisions,
        decisions,
        new TimersPacer(decisions),
        transport,
        probers::probe,
        new SplittableRandom());
  }

  /** Groups are closed before. */
  @Override
  public void close() {
    decisions.close();
    processes.close();
    transport.close();
    checks
        .shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
