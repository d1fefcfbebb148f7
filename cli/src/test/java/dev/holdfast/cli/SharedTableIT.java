package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.demo.SampleBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three processes with certificates, sockets and disks, and clients of many addresses. */
@Timeout(300)
class SharedTableIT {
  private static final int KEYS = 24;
  private static final int CLIENTS = 4;

  /** As many keys before the processes are killed, and as many when they are back. */
  private static final int UNDER_LOAD = 200;

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

  @TempDir Path directory;
  private final List<SampleBackend> servers = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private SharedTable table;

  @BeforeEach
  void start() throws Exception {
    ports.addAll(List.of(Client.freePort(), Client.freePort()));
    for (var group : List.of("blue", "blue", "green", "green")) {
      servers.add(new SampleBackend(group));
    }
    table = new SharedTable("m", "game.default.stb", directory, this::manifest);
    table.start();
    table.awaitReady();
  }

  private String manifest(String address, List<Integer> peers) {
    var manifest =
        new StringBuilder(
            """
            apiVersion: holdfast.dev/v1alpha1
            kind: StickyBalancer
            metadata: {name: game}
            spec:
              listen: {address: %s, ports: %s}
              groups:
              - {id: 1, name: blue, ports: [%s, %s]}
              - {id: 2, name: green, ports: [%s, %s]}
              peers:
            """
                .formatted(address, ports, server(0), server(1), server(2), server(3)));
    for (int i = 0; i < peers.size(); i++) {
      manifest.append("  - {name: m%d, host: 127.0.0.1, port: %d}%n".formatted(i, peers.get(i)));
    }
    return manifest.toString();
  }

  /** Of each group the first for the first port, the second for the second one. */
  private String server(int index) {
    return "{listen: %d, host: 127.0.0.1, port: %d}"
        .formatted(ports.get(index % 2), servers.get(index).address().getPort());
  }

  @AfterEach
  void end() {
    table.close();
    servers.forEach(SampleBackend::close);
  }

  private static String key(int number) {
    return "127.1.%d.%d".formatted(number / 250, 1 + number % 250);
  }

  @Test
  @DisplayName("S15 S20 One group for a key, on all replicas and ports, also when the leader dies")
  void leaderKilled() throws Exception {
    var groups =
        IntStream.range(0, KEYS)
            .boxed()
            .collect(
                Collectors.toMap(SharedTableIT::key, key -> served(key(key), key % 3, key % 2)));
    assertThat(groups.values()).contains("Hello from blue.", "Hello from green.");
    assertKept(groups, List.of(0, 1, 2));

    var leader = table.leader();
    leader.kill();
    var others =
        IntStream.range(0, SharedTable.SIZE)
            .filter(replica -> table.replicas.get(replica) != leader)
            .boxed()
            .toList();
    assertKept(groups, others);
    var newKey = key(KEYS);
    groups.put(newKey, served(newKey, others.getFirst(), 0));
    assertThat(served(newKey, others.getLast(), 1)).isEqualTo(groups.get(newKey));

    leader.loseDisk();
    leader.start();
    var returned = table.replicas.indexOf(leader);
    table.await("it is ready again", () -> table.isReady(returned));
    groups.forEach((key, group) ->
        assertThat(SharedTable.visit(key, SharedTable.address(returned), ports.getFirst(), ""))
            .as("%s at the first try, because it caught up before", key)
            .contains(group));
  }

  @Test
  @DisplayName("S15 S27 All killed at once under load: each key that was served keeps its group")
  void allKilled() throws Exception {
    Map<String, String> answered = new ConcurrentHashMap<>();
    var over = new AtomicBoolean();
    var next = new AtomicInteger();
    var clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(_ -> Thread.ofVirtual().start(() -> bringKeys(next, answered, over)))
            .toList();
    try {
      table.await("keys are made", () -> answered.size() >= UNDER_LOAD);
      // all at once: none may hand the others what it alone has
      for (var replica : table.replicas) {
        replica.signal("KILL");
      }
      table.replicas.forEach(PeerProcess::kill);
      var before = Map.copyOf(answered);
      table.start();
      table.await("more are made", () -> answered.size() >= before.size() + UNDER_LOAD);
    } finally {
      over.set(true);
      for (var client : clients) {
        client.join();
      }
    }
    table.awaitReady();
    var keys = answered.keySet().stream().sorted().toList();
    for (int i = 0; i < keys.size(); i++) {
      assertThat(served(keys.get(i), i % SharedTable.SIZE, i % 2))
          .as(keys.get(i))
          .isEqualTo(answered.get(keys.get(i)));
    }
  }

  private void bringKeys(AtomicInteger next, Map<String, String> answered, AtomicBoolean over) {
    while (!over.get()) {
      var number = next.getAndIncrement();
      var group = Optional.<String>empty();
      for (int tries = number; group.isEmpty() && !over.get(); tries++) {
        var replica = SharedTable.address(tries % SharedTable.SIZE);
        group = SharedTable.visit(key(number), replica, ports.get(tries % ports.size()), "");
        if (group.isEmpty()) {
          LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
      }
      group.ifPresent(given -> answered.put(key(number), given));
    }
  }

  private void assertKept(Map<String, String> groups, List<Integer> replicas) {
    for (var replica : replicas) {
      for (int port = 0; port < ports.size(); port++) {
        for (var key : groups.entrySet()) {
          assertThat(served(key.getKey(), replica, port))
              .as("%s at %s on port %d", key.getKey(), table.replicas.get(replica).name, port)
              .isEqualTo(key.getValue());
        }
      }
    }
  }

  private String served(String key, int replica, int port) {
    return table.served(key, replica, ports.get(port), "");
  }
}
