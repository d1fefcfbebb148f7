package dev.holdfast.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.floatingip.fake.FakeCloud;
import dev.holdfast.floatingip.fake.FakeHetzner;
import dev.holdfast.floatingip.fake.FakeSettings;
import dev.holdfast.floatingip.fake.FloatingIpSeed;
import dev.holdfast.floatingip.fake.ProjectSeed;
import dev.holdfast.floatingip.fake.ProjectToken;
import dev.holdfast.floatingip.fake.Seed;
import dev.holdfast.floatingip.fake.ServerSeed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A cloud project in this process whose servers are sample backends, and the group that it has. */
final class SampleCloud implements AutoCloseable {
  private static final Map<String, String> LABELS = Map.of("role", "loadbalancer");
  private static final int TRIES = 10;

  private final ObjectNode example = ExampleFile.read("floatingipgroup.yaml");
  private final List<SampleBackend> servers;
  private final String token = ProjectToken.newValue();
  private final FakeHetzner fake;

  private SampleCloud(List<SampleBackend> servers) throws IOException {
    this.servers = servers;
    fake =
        new FakeHetzner(
            new FakeCloud(seed(), InstantSource.system()),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            ProjectToken.newValue());
  }

  /**
   * @throws IOException when the machine has no 127.0.0.2 and 127.0.0.3, as macOS has none
   */
  static SampleCloud start() throws IOException {
    var servers = servers(TRIES);
    try {
      return new SampleCloud(servers);
    } catch (IOException | RuntimeException e) {
      servers.forEach(SampleBackend::close);
      throw e;
    }
  }

  /** Servers differ in their address and not in their port, as checks have it. */
  private static List<SampleBackend> servers(int tries) throws IOException {
    var first = new SampleBackend("lb-1", new InetSocketAddress("127.0.0.2", 0));
    try {
      var beside = new InetSocketAddress("127.0.0.3", first.address().getPort());
      return List.of(first, new SampleBackend("lb-2", beside));
    } catch (IOException e) {
      first.close();
      if (tries == 1) {
        throw e;
      }
      return servers(tries - 1);
    }
  }

  private Seed seed() {
    var seeds = new ArrayList<ServerSeed>();
    for (var server : servers) {
      var address = server.address().getAddress().getHostAddress();
      seeds.add(new ServerSeed(41 + seeds.size(), server.name(), "fsn1", address, null, LABELS));
    }
    var ips =
        List.of(
            new FloatingIpSeed(1, "web-a", "198.51.100.1", "fsn1", 41L, LABELS),
            new FloatingIpSeed(2, "web-b", "198.51.100.2", "fsn1", 42L, LABELS));
    var tokens = List.of(new ProjectToken("demo", token, ProjectToken.Scope.ReadWrite));
    return new Seed(
        List.of(new ProjectSeed("demo", tokens, List.copyOf(seeds), ips)), FakeSettings.defaults());
  }

  List<SampleBackend> servers() {
    return servers;
  }

  String title() {
    return ExampleFile.title(example);
  }

  /** Writes the manifest and the token that it refers to, and gives the manifest's file. */
  Path write(Path directory) throws IOException {
    var hetzner = example.path("spec").path("provider").path("hetzner");
    var secret = hetzner.path("tokenSecretRef");
    var file =
        directory
            .resolve("secrets")
            .resolve(secret.path("name").asText())
            .resolve(secret.path("key").asText());
    Files.createDirectories(file.getParent());
    Files.writeString(file, token);
    return Files.writeString(directory.resolve("floatingipgroup.yaml"), yaml());
  }

  private String yaml() {
    var local = example.deepCopy();
    local.withObject("/spec/provider/hetzner").put("endpoint", fake.endpoint().toString());
    var spec = local.withObject("/spec").put("mode", "Apply").put("pollInterval", "5s");
    spec.put("pollTimeout", "5s");
    var check = spec.putArray("checks").addObject();
    check.put("name", "web").put("interval", "1s").put("fall", 2).put("rise", 2);
    check.putObject("tcp").put("port", servers.getFirst().address().getPort());
    return ExampleFile.yaml(local);
  }

  @Override
  public void close() {
    fake.close();
    servers.forEach(SampleBackend::close);
  }
}
