package dev.holdfast.floatingip.hetzner;

import dev.holdfast.floatingip.fake.FakeCloud;
import dev.holdfast.floatingip.fake.FakeHetzner;
import dev.holdfast.floatingip.fake.FakeSettings;
import dev.holdfast.floatingip.fake.FaultRule;
import dev.holdfast.floatingip.fake.FloatingIpSeed;
import dev.holdfast.floatingip.fake.JournalEntry;
import dev.holdfast.floatingip.fake.ProjectSeed;
import dev.holdfast.floatingip.fake.ProjectToken;
import dev.holdfast.floatingip.fake.Seed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A fake cloud on a port of its own, and clients of it. */
public final class RunningFake implements AutoCloseable {
  public static final String PROJECT = "demo";
  public static final String WRITER = "writer-token";
  public static final String READER = "reader-token";
  public static final String STRANGER = "stranger-token";

  private final Pacer pacer;
  private final JdkTransport transport = new JdkTransport(1 << 20);
  private final FakeHetzner fake;

  public RunningFake(FakeSettings settings) throws IOException {
    this(settings, 0);
  }

  /**
   * @param more unassigned floating IPs, with ids from 5
   */
  public RunningFake(FakeSettings settings, int more) throws IOException {
    this(settings, more, new SkippingPacer());
  }

  /**
   * @param pacer the time of the cloud and of its clients
   */
  public RunningFake(FakeSettings settings, int more, Pacer pacer) throws IOException {
    this.pacer = pacer;
    var sample = Seed.sample(token(WRITER, ProjectToken.Scope.ReadWrite), settings);
    var project = sample.projects().getFirst();
    var tokens = List.of(project.tokens().getFirst(), token(READER, ProjectToken.Scope.ReadOnly));
    var ips = new ArrayList<>(project.floatingIps());
    for (int id = 5; id < 5 + more; id++) {
      var labels = Map.of("environment", "more");
      ips.add(new FloatingIpSeed(id, "more-" + id, "203.0.113." + id, "fsn1", null, labels));
    }
    var seed =
        new Seed(List.of(new ProjectSeed(PROJECT, tokens, project.servers(), ips)), settings);
    fake =
        new FakeHetzner(
            new FakeCloud(seed, pacer::now),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "control-token");
  }

  private static ProjectToken token(String value, ProjectToken.Scope scope) {
    return new ProjectToken(scope.name(), value, scope);
  }

  public Pacer pacer() {
    return pacer;
  }

  public URI endpoint() {
    return fake.endpoint();
  }

  public FakeCloud cloud() {
    return fake.cloud();
  }

  public HetznerClient client(String token) {
    var settings =
        new ApiSettings(fake.endpoint(), new ApiToken(token), Duration.ofMillis(500), 1 << 20);
    return new HetznerClient(settings, transport, pacer, new Random(1));
  }

  public void fault(FaultRule rule) {
    cloud().addFault(rule);
  }

  /** The paths of all writes so far, and their status. */
  public List<String> writes() {
    return cloud().journal().stream()
        .filter(JournalEntry::write)
        .map(entry -> entry.path() + " " + entry.status())
        .toList();
  }

  @Override
  public void close() {
    fake.close();
    transport.close();
  }
}
