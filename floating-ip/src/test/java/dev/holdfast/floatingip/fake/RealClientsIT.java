package dev.holdfast.floatingip.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The fake is what its users expect: the official clients list, assign, wait and page against it.
 * Runs with {@code -Dreal.clients=true}, as in CI; needs {@code python3} with venv, {@code go},
 * {@code hcloud} (Debian: hcloud-cli) and their package registries then.
 */
@EnabledIfSystemProperty(named = "real.clients", matches = "true")
@Timeout(600)
class RealClientsIT {
  private static final String TOKEN = "t".repeat(64);
  private static final List<String> EXPECTED =
      List.of(
          "locations ash fsn1 hel1 hil nbg1 sin",
          "servers lb-1@fsn1 lb-2@fsn1 lb-3@nbg1",
          "ips 124",
          "selected 120",
          "accepted running assign_floating_ip",
          "meanwhile locked",
          "finished success",
          "server lb-2",
          "unassigned None",
          "missing not_found");

  private FakeHetzner fake;

  @BeforeEach
  void start() throws IOException {
    var settings = FakeSettings.defaults().withActionDelay(Duration.ofMillis(500));
    var token = new ProjectToken("writer", TOKEN, ProjectToken.Scope.ReadWrite);
    var sample = Seed.sample(token, settings).projects().getFirst();
    var ips = new ArrayList<>(sample.floatingIps());
    for (long id = 5; id < 125; id++) {
      var labels = Map.of("environment", "more");
      ips.add(new FloatingIpSeed(id, "more-" + id, "203.0.113." + id, "hel1", null, labels));
    }
    var servers = new ArrayList<>(sample.servers());
    for (long id = 201; id < 261; id++) {
      var labels = Map.of("environment", "more");
      servers.add(new ServerSeed(id, "more-" + id, "hel1", "203.0.113.1", null, labels));
    }
    var project = new ProjectSeed("demo", sample.tokens(), servers, ips);
    fake =
        new FakeHetzner(
            new FakeCloud(new Seed(List.of(project), settings), InstantSource.system()),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "control-token");
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  @DisplayName("the official Python client lists, pages, assigns and waits")
  void python() throws Exception {
    var client = RealClients.python();

    assertThat(client.run(environment()).lines()).containsExactlyElementsOf(EXPECTED);
    assertPolled();
  }

  @Test
  @DisplayName("the official Go library lists, pages, assigns and waits")
  void go() throws Exception {
    var client = RealClients.go();

    assertThat(client.run(environment()).lines()).containsExactlyElementsOf(EXPECTED);
    assertPolled();
  }

  @Test
  @DisplayName("the official command line lists, pages, assigns and waits")
  void commandLine() throws Exception {
    var columns = "-o=columns=id";
    assertThat(hcloud("location", "list", "-o=noheader", "-o=columns=name").lines())
        .containsExactly("fsn1", "nbg1", "hel1", "ash", "hil", "sin");
    assertThat(hcloud("server", "list", "-l=environment=demo", "-o=noheader", columns).lines())
        .containsExactly("41", "42", "43");
    assertThat(hcloud("server", "list", "-l=environment=more", "-o=noheader", columns).lines())
        .containsExactlyElementsOf(LongStream.range(201, 261).mapToObj(Long::toString).toList());
    // this version of it reads one page of floating IPs
    assertThat(hcloud("floating-ip", "list", "-o=noheader", columns).lines()).hasSize(50);
    assertThat(hcloud("floating-ip", "assign", "web-a", "lb-2")).contains("assigned to server");
    assertThat(hcloud("floating-ip", "describe", "1", "-o=format={{.Server.ID}}").strip())
        .isEqualTo("42");
    assertThat(hcloud("floating-ip", "unassign", "1")).contains("unassigned");
    assertThat(fake.cloud().floatingIp("demo", 1).server()).isNull();
    hcloud("floating-ip", "add-label", "1", "owner=me");
    hcloud("floating-ip", "enable-protection", "1", "delete");
    assertThat(fake.cloud().floatingIp("demo", 1).labels()).containsEntry("owner", "me");
    assertPolled();
  }

  private String hcloud(String... arguments) throws IOException, InterruptedException {
    return RealClients.commandLine(arguments).run(environment());
  }

  private Map<String, String> environment() {
    return Map.of("HCLOUD_ENDPOINT", fake.endpoint().toString(), "HCLOUD_TOKEN", TOKEN);
  }

  /** A client that waits asks for its action after the write, and until it has ended. */
  private void assertPolled() {
    var journal = fake.cloud().journal();
    var write = journal.stream().filter(JournalEntry::write).findFirst().orElseThrow();
    assertThat(journal.subList(journal.indexOf(write), journal.size()))
        .anySatisfy(entry -> assertThat(entry.path()).contains("/actions"));
  }

  /** A program and what it prints. */
  record Client(List<String> command, Path directory) {

    String run(Map<String, String> environment) throws IOException, InterruptedException {
      return RealClients.run(command, directory, environment);
    }
  }
}
