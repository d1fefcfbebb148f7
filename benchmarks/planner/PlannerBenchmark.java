import dev.holdfast.floatingip.plan.FloatingIp;
import dev.holdfast.floatingip.plan.Health;
import dev.holdfast.floatingip.plan.Observed;
import dev.holdfast.floatingip.plan.Planner;
import dev.holdfast.floatingip.plan.PlannerPolicy;
import dev.holdfast.floatingip.plan.Server;
import dev.holdfast.floatingip.plan.Strategy;
import dev.holdfast.floatingip.plan.WhenAllUnhealthy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/** Times plans for 1,000 floating IPs on 100 servers: the first one of the JVM, and warm ones. */
final class PlannerBenchmark {
  private static final int SERVERS = 100;
  private static final int IPS = 1000;
  private static final int RUNS = 200;
  private static final int WARM_UP = 100;
  private static final List<String> LOCATIONS = List.of("fsn1", "hel1", "nbg1");

  public static void main(String[] args) {
    System.out.println("| layout | strategy | moves | first ms | median ms | p99 ms |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    for (var strategy : Strategy.values()) {
      report("nothing assigned", strategy, assigned(ip -> 0));
      report("all on one server", strategy, assigned(ip -> 1));
      report("at random", strategy, assigned(ip -> 1 + new Random(ip).nextInt(SERVERS)));
      report("even, one server of 100 failed", strategy, failed(SERVERS, strategy));
      report("even, half of the servers failed", strategy, failed(2, strategy));
    }
  }

  private static void report(String layout, Strategy strategy, Observed observed) {
    var policy = new PlannerPolicy(strategy, WhenAllUnhealthy.Keep, false);
    var moves = Planner.plan(observed, policy).steps().size();
    var times = new double[RUNS];
    for (var run = 0; run < RUNS; run++) {
      var start = System.nanoTime();
      Planner.plan(observed, policy);
      times[run] = (System.nanoTime() - start) / 1e6;
    }
    var warm = Arrays.copyOfRange(times, WARM_UP, RUNS);
    Arrays.sort(warm);
    System.out.printf(
        "| %s | %s | %d | %.1f | %.1f | %.1f |%n",
        layout, strategy, moves, times[0], warm[warm.length / 2], warm[warm.length * 99 / 100]);
  }

  /** A third of the floating IPs, but few of the servers, are in the last location. */
  private static Observed assigned(LongUnaryOperator server) {
    var servers =
        IntStream.rangeClosed(1, SERVERS)
            .mapToObj(id -> server(id, LOCATIONS.get(id % 10 == 0 ? 2 : id % 2), Health.Healthy))
            .toList();
    var ips = new ArrayList<FloatingIp>();
    for (var id = 1; id <= IPS; id++) {
      var target = server.applyAsLong(id);
      ips.add(
          new FloatingIp(
              id,
              "ip-" + id,
              LOCATIONS.get(id % 3),
              "eu-central",
              OptionalInt.empty(),
              target == 0 ? OptionalLong.empty() : OptionalLong.of(target)));
    }
    return new Observed(servers, ips);
  }

  /** The layout that the strategy wants, but of each so many servers one is unhealthy. */
  private static Observed failed(int ofEach, Strategy strategy) {
    var before = assigned(ip -> 0);
    var plan = Planner.plan(before, new PlannerPolicy(strategy, WhenAllUnhealthy.Keep, false));
    var placed = new long[IPS + 1];
    plan.steps().forEach(step -> placed[(int) step.floatingIp().id()] = step.to().id());
    var after = assigned(ip -> placed[(int) ip]);
    return new Observed(
        after.servers().stream()
            .map(old -> server(old.id(), old.location(), health(ofEach, old.id())))
            .toList(),
        after.floatingIps());
  }

  private static Health health(int ofEach, long server) {
    return server % ofEach == 0 ? Health.Unhealthy : Health.Healthy;
  }

  private static Server server(long id, String location, Health health) {
    return new Server(id, "server-" + id, location, "eu-central", OptionalInt.empty(), health);
  }
}
