package dev.holdfast.floatingip.group;

import dev.holdfast.floatingip.hetzner.model.Server;
import dev.holdfast.floatingip.loop.CheckId;
import dev.holdfast.floatingip.loop.CheckId.Family;
import dev.holdfast.health.BackendHealth;
import dev.holdfast.health.CheckState;
import dev.holdfast.health.CheckState.Transition;
import dev.holdfast.health.probe.Address;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.CheckRunner;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a group's servers: one runner for each server, check and address family. Confined
 * to the decision thread.
 */
final class ServerChecks implements AutoCloseable {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** Hears of all checks of a server, when they begin and when any of them says something new. */
  @FunctionalInterface
  interface Listener {
    void observed(long server, BackendHealth checks);
  }

  /** What is looked at; a runner lives as long as this stays the same. */
  private record Subject(GroupCheck check, Address address) {}

  private record Running(Subject subject, CheckRunner runner) {}

  private final GroupSurroundings around;
  private final Listener listener;
  private final Map<Long, Map<String, Running>> running = new HashMap<>();
  private List<Server> servers = List.of();
  private List<GroupCheck> checks;

  ServerChecks(List<GroupCheck> checks, GroupSurroundings around, Listener listener) {
    this.checks = checks;
    this.around = around;
    this.listener = listener;
  }

  /** Checks that stay the same go on. */
  void configure(List<GroupCheck> newChecks) {
    if (!checks.equals(newChecks)) {
      checks = newChecks;
      servers.forEach(this::run);
    }
  }

  void follow(List<Server> newServers, Set<Long> anew) {
    servers = newServers;
    var ids = newServers.stream().map(Server::id).collect(Collectors.toSet());
    var gone = running.keySet().stream().filter(id -> anew.contains(id) || !ids.contains(id));
    gone.toList().forEach(this::stop);
    newServers.stream().filter(server -> anew.contains(server.id())).forEach(this::run);
  }

  private void run(Server server) {
    var before = running.getOrDefault(server.id(), Map.of());
    var next = new LinkedHashMap<String, Running>();
    subjects(server)
        .forEach((id, subject) -> {
          var same = before.get(id);
          next.put(
              id,
              same != null && same.subject().equals(subject) ? same : begin(server.id(), subject));
        });
    before.forEach((id, one) -> {
      if (!Objects.equals(next.get(id), one)) {
        one.runner().close();
      }
    });
    running.put(server.id(), next);
    around.decisions().execute(() -> tell(server.id()));
  }

  private Map<String, Subject> subjects(Server server) {
    var subjects = new LinkedHashMap<String, Subject>();
    for (var check : checks) {
      addresses(server)
          .forEach((family, host) -> {
            if (check.families().include(family)) {
              subjects.put(
                  CheckId.of(check.name(), family),
                  new Subject(check, new Address(host, port(check.kind()))));
            }
          });
    }
    return subjects;
  }

  private static Map<Family, String> addresses(Server server) {
    var addresses = new EnumMap<Family, String>(Family.class);
    add(addresses, Family.ipv4, server.ipv4());
    add(addresses, Family.ipv6, server.ipv6Address());
    return addresses;
  }

  private static void add(Map<Family, String> addresses, Family family, @Nullable String host) {
    if (host != null) {
      addresses.put(family, host);
    }
  }

  private static int port(CheckKind kind) {
    return kind instanceof CheckKind.Https ? HTTPS_PORT : HTTP_PORT;
  }

  private Running begin(long server, Subject subject) {
    var surroundings =
        new CheckRunner.Surroundings(around.decisions(), around.timers(), around.random());
    var runner =
        new CheckRunner(
            around.probes().apply(subject.check().kind(), subject.address()),
            subject.check().settings(),
            CheckState.unknown(),
            surroundings,
            transition -> observed(server, transition));
    runner.start();
    return new Running(subject, runner);
  }

  private void observed(long server, Transition transition) {
    var warned = !Objects.equals(transition.before().warning(), transition.next().warning());
    if (transition.flipped() || warned) {
      tell(server);
    }
  }

  private void tell(long server) {
    var known = running.get(server);
    if (known != null) {
      var states = new HashMap<String, CheckState>();
      known.forEach((id, one) -> states.put(id, one.runner().state()));
      listener.observed(server, new BackendHealth(states));
    }
  }

  private void stop(long server) {
    var stopped = running.remove(server);
    if (stopped != null) {
      stopped.values().forEach(one -> one.runner().close());
    }
  }

  @Override
  public void close() {
    List.copyOf(running.keySet()).forEach(this::stop);
  }
}
