package dev.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes all that a person would ask a namespace for after a failure. */
record Diagnostics(Path directory) {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String KINDS =
      "pods,services,statefulsets,deployments,configmaps,secrets,serviceaccounts,"
          + "poddisruptionbudgets,networkpolicies,endpointslices,leases";

  void dump(String namespace) {
    var in = List.of("kubectl", "-n", namespace);
    write(namespace + "-get.txt", in, "get", KINDS, "-o", "wide");
    write(namespace + "-holdfast.yaml", in, "get", "holdfast", "-o", "yaml");
    write(
        namespace + "-describe.txt",
        in,
        "describe",
        "failoverproxies,stickybalancers,pods,services");
    write(namespace + "-events.txt", in, "get", "events", "--sort-by=.lastTimestamp");
    for (var pod : podsOf(namespace)) {
      var file = namespace + "-" + pod.substring("pod/".length());
      write(file + ".log", in, "logs", pod, "--all-containers", "--timestamps");
      write(file + "-previous.log", in, "logs", pod, "--all-containers", "--previous");
    }
  }

  private static List<String> podsOf(String namespace) {
    var pods = Command.run(DEADLINE, List.of("kubectl", "-n", namespace, "get", "pods", "-oname"));
    return pods.succeeded() ? pods.output().lines().toList() : List.of();
  }

  private void write(String file, List<String> command, String... args) {
    var argv = new ArrayList<>(command);
    argv.addAll(List.of(args));
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(file), Command.run(DEADLINE, argv).output());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
