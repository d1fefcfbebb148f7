package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From tcpffee to a cluster, as its migration guide says. */
@ExtendWith(OnCluster.class)
class TcpffeeE2E {
  private static final Path EVERY_KEY = Path.of("../cli/src/test/resources/tcpffee/complete.toml");
  private static final String BALANCER = "tcpffee";

  private static final String CONVERT =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: convert}
      spec:
        restartPolicy: Never
        automountServiceAccountToken: false
        securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
        containers:
          - name: convert
            image: %s
            imagePullPolicy: IfNotPresent
            args: [convert, --from, tcpffee, /etc/tcpffee/tcpffee.toml]
            env:
              - {name: TCPFFEE_KEY_TYPE, value: IP_WITH_FIRST_MESSAGE_SLICE}
              - {name: TCPFFEE_KEY_FIRST_MESSAGE_SLICE_START, value: "0"}
              - {name: TCPFFEE_KEY_FIRST_MESSAGE_SLICE_END, value: "4"}
            securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
            volumeMounts: [{name: tcpffee, mountPath: /etc/tcpffee}]
        volumes: [{name: tcpffee, configMap: {name: tcpffee}}]
      """;

  /** Another name for one of the boxes, by which it has the ports that tcpffee's file says. */
  private static final String SERVER =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: %1$s}
      spec:
        selector: {server: %1$s}
        ports:
          - {name: first, port: %2$d, targetPort: 5432}
          - {name: second, port: %3$d, targetPort: 5432}
      """;

  @Test
  @DisplayName("S1 a configuration with every key of tcpffee's is converted, applied and serves")
  void everyKey(TestNamespace namespace) throws IOException {
    startServer(namespace, "blue", 5280, 5281);
    startServer(namespace, "green", 6280, 6281);

    namespace.kubectl().apply(forCluster(convert(namespace)));
    var balancer = new Balancer(namespace, BALANCER);
    balancer.awaitInSync(3);
    balancer.awaitGroup("group-1", "Active Spec", 60);
    balancer.awaitGroup("group-2", "Active Spec", 60);
    balancer.awaitGroup("group-3", "Draining Spec", 60);
    balancer.awaitGroup("group-4", "Disabled Spec", 60);

    // Who opens new connections says "line" first; who keeps one lets the server speak first. They
    // are two keys.
    var traffic = Traffic.start(namespace, BALANCER, 5280);
    within(60).until(() -> balancer.status().entries(), entries -> entries == 2);
    assertThat(balancer.columns()).startsWith(BALANCER, "True", "2/4", "2");
    var own = traffic.firstBackend();
    var onOtherPort =
        namespace
            .kubectl()
            .run(
                "exec",
                "traffic",
                "-c",
                "fresh",
                "--",
                "sh",
                "-c",
                "echo line of another port | timeout 15 nc %s 5281".formatted(BALANCER));
    assertThat(onOtherPort).isEqualTo(own + "\nline of another port\n");
    assertThat(balancer.status().entries()).isEqualTo(2);
    traffic.awaitAnswer(own, Instant.now(), 60);
    assertThat(traffic.fresh())
        .filteredOn(e -> e.outcome() == Exchange.Outcome.ANSWERED)
        .allMatch(e -> e.answeredBy(own));
  }

  /** What the program prints, as it is shipped. */
  private static String convert(TestNamespace namespace) throws IOException {
    var kubectl = namespace.kubectl();
    kubectl.apply(namespace.configMap("tcpffee", "tcpffee.toml", Files.readString(EVERY_KEY)));
    kubectl.apply(CONVERT.formatted(System.getProperty("holdfast.image.operator")));
    within(180)
        .until(
            () -> kubectl.run("get", "pod", "convert", "-o", "jsonpath={.status.phase}"),
            "Succeeded"::equals);
    return kubectl.run("logs", "convert");
  }

  /** Pods take the place of peers, as the printed note says; there are three of them by default. */
  private static String forCluster(String manifest) throws IOException {
    assertThat(manifest).contains("# peers are for holdfast run on several machines");
    var tree = (ObjectNode) Serialization.yamlMapper().readTree(manifest);
    assertThat(tree.withObject("/spec").remove("peers")).isNotNull();
    return Serialization.yamlMapper().writeValueAsString(tree);
  }

  private static void startServer(TestNamespace namespace, String name, int first, int second) {
    new Box(namespace).startBackends(name);
    namespace.kubectl().run("label", "pod", name, "server=" + name);
    namespace.kubectl().apply(SERVER.formatted(name, first, second));
  }
}
