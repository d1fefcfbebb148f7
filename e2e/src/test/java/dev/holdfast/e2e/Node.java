package dev.holdfast.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The machine that all pods of the cluster run on, as somebody with a shell on it has it: what
 * happens to processes and networks there, Kubernetes is not asked.
 */
record Node(List<String> shell) {
  private static final String VARIABLE = "HOLDFAST_E2E_NODE";
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  /** Something that lasts until it is undone. */
  interface Fault extends AutoCloseable {
    @Override
    void close();
  }

  /** Skips the test where there is no way onto the machine. */
  static Node ofThisCluster() {
    var command = System.getenv(VARIABLE);
    assumeTrue(
        command != null && !command.isBlank(),
        VARIABLE + " is not set: expected a command that runs another one on the cluster's node");
    return new Node(List.of(command.strip().split(" +")));
  }

  private String run(String script) {
    var argv = Stream.concat(shell.stream(), Stream.of("sh", "-euc", script)).toList();
    return Command.run(DEADLINE, argv).outputOrFail();
  }

  /** SIGKILL to a data plane, in a pod whose name no other pod has. */
  void killDataPlane(String pod) {
    run("kill -9 $(pgrep -f -- '--instance %s( |$)')".formatted(pod));
  }

  /** Drops what pods that decide together send to this address, and what comes from it. */
  Fault cutFromPeers(String address) {
    return drop(
        "peers",
        address,
        """
        ip saddr %1$s tcp dport 7947 drop
        ip saddr %1$s tcp sport 7947 drop
        ip daddr %1$s tcp dport 7947 drop
        ip daddr %1$s tcp sport 7947 drop
        """
            .formatted(address));
  }

  /** Drops all packets between these addresses. */
  Fault cut(String one, String other) {
    return drop(
        "pair",
        one,
        """
        ip saddr %1$s ip daddr %2$s drop
        ip saddr %2$s ip daddr %1$s drop
        """
            .formatted(one, other));
  }

  /** Has all packets from and to this address dropped: nobody learns that it is gone. */
  Fault silence(String address) {
    return drop(
        "silence",
        address,
        """
        ip saddr %1$s drop
        ip daddr %1$s drop
        """
            .formatted(address));
  }

  /** Of each kind there is one at a time for an address. */
  private Fault drop(String kind, String address, String rules) {
    var table = "holdfast-e2e-%s-%s".formatted(kind, address.replace('.', '-'));
    run(
        """
        nft -f - <<RULES
        table ip %s {
          chain forward {
            type filter hook forward priority -50;
        %s
          }
        }
        RULES
        """
            .formatted(table, rules));
    return () -> run("nft delete table ip " + table);
  }

  /** The API server stands still: it answers nobody, and its connections stay. */
  Fault stopApiServer() {
    run("kill -STOP $(pidof kube-apiserver)");
    return () -> run("kill -CONT $(pidof kube-apiserver)");
  }
}
