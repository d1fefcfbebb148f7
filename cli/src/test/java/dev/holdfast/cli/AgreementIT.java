package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three processes with certificates, sockets, disks and signals. */
@Timeout(300)
class AgreementIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final List<String> NAMES = List.of("m1", "m2", "m3");

  @TempDir Path directory;
  private FaultBackend.Spawned a;
  private FaultBackend.Spawned b;
  private final List<Machine> machines = new ArrayList<>();

  @BeforeEach
  void prepare() throws Exception {
    a = FaultBackend.spawn("a");
    b = FaultBackend.spawn("b");
    var certificates = new PeerCertificates();
    var spec = spec();
    for (var name : NAMES) {
      machines.add(new Machine(name, directory, certificates, spec));
    }
    for (var machine : machines) {
      machine.start();
    }
  }

  private String spec() throws IOException {
    var peers = new StringBuilder();
    for (var name : NAMES) {
      peers.append("- {name: %s, host: 127.0.0.1, port: %d}%n".formatted(name, Client.freePort()));
    }
    return """
    backends:
    - {name: a, host: 127.0.0.1, port: %d}
    - {name: b, host: 127.0.0.1, port: %d}
    agreement: {mode: Raft, leaseDuration: 10s}
    connections: {onPrimaryChange: {policy: Sever}}
    peers:
    %s\
    """
        .formatted(a.port(), b.port(), peers);
  }

  @AfterEach
  void end() {
    machines.forEach(Machine::close);
    a.close();
    b.close();
  }

  @Test
  @DisplayName("Three agree; when the leader is killed the others go on in the same epoch")
  void leaderKilled() throws Exception {
    awaitAll("a");
    var primary = machines.getFirst().primary();
    assertThat(machines).extracting(Machine::primary).containsOnly(primary);

    var leader = machines.stream().filter(Machine::leads).findFirst().orElseThrow();
    var others = machines.stream().filter(machine -> machine != leader).toList();
    try (var client = Client.connect(others.getFirst().port)) {
      assertThat(client.line()).isEqualTo("a");
      leader.kill();
      await("another leads", () -> others.stream().anyMatch(Machine::leads));
      assertThat(client.echo("still here")).isEqualTo("still here");
      await(
          "clients of the others", () -> others.stream().allMatch(machine -> greets(machine, "a")));
      leader.start();
      await("a client of who came back", () -> greets(leader, "a"));
      assertThat(client.echo("and now")).isEqualTo("and now");
    }
    assertThat(machines).extracting(Machine::primary).containsOnly(primary);
  }

  @Test
  @DisplayName("When the primary is killed all go to the next, and keep it when all start again")
  void primaryKilled() throws Exception {
    awaitAll("a");
    var before = machines.getFirst().primary();
    a.close();
    awaitAll("b");
    var primary = machines.getFirst().primary();
    assertThat(primary).startsWith("b/").isNotEqualTo(before);
    assertThat(machines).extracting(Machine::primary).containsOnly(primary);

    machines.forEach(Machine::kill);
    for (var machine : machines) {
      machine.start();
    }
    awaitAll("b");
    assertThat(machines).extracting(Machine::primary).containsOnly(primary);
  }

  @Test
  @DisplayName("One that was stopped cuts its clients when it goes on; a minority serves nobody")
  void stopped() throws Exception {
    awaitAll("a");
    var one = machines.stream().filter(machine -> !machine.leads()).findFirst().orElseThrow();
    var others = machines.stream().filter(machine -> machine != one).toList();
    try (var client = Client.connect(one.port)) {
      assertThat(client.line()).isEqualTo("a");
      one.signal("STOP");
      a.close();
      await("the others reach b", () -> others.stream().allMatch(machine -> greets(machine, "b")));
      one.signal("CONT");
      assertThat(lineOrCut(client)).isNull();
      await("it reaches b, too", () -> greets(one, "b"));
    }
    others.forEach(Machine::kill);
    await("the last one serves nobody", () -> one.greeting().equals("none"));
  }

  private static String lineOrCut(Client client) throws IOException {
    try {
      return client.line();
    } catch (SocketException cut) {
      return null;
    }
  }

  private static boolean greets(Machine machine, String backend) {
    return machine.greeting().equals(backend);
  }

  private void awaitAll(String backend) {
    await(
        "clients of all reach " + backend,
        () -> machines.stream().allMatch(machine -> greets(machine, backend)));
  }

  private void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(100))
        .conditionEvaluationListener(
            new ConditionEvaluationListener<Object>() {
              @Override
              public void conditionEvaluated(EvaluatedCondition<Object> now) {}

              @Override
              public void onTimeout(TimeoutEvent event) {
                throw new AssertionError(what + "\n" + logs());
              }
            })
        .until(condition);
  }

  private String logs() {
    return machines.stream().map(Machine::log).collect(Collectors.joining("\n"));
  }
}
