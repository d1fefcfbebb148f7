package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.api.v1alpha1.FailoverProxyStatus.HookRun;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class HooksE2E {
  private static final String PROMOTE =
      """
      #!/bin/sh
      echo "$HOLDFAST_TRIGGER to $HOLDFAST_BACKEND in epoch $HOLDFAST_EPOCH"
      [ "$HOLDFAST_BACKEND" != pg-1 ]
      """;

  private static final String MANIFEST =
      ProxyManifest.of("postgres", "pg-0", "pg-1", "pg-2")
          .with("scripts: {configMapName: pg-scripts}")
          .with("hooks:")
          .with("- name: promote")
          .with("  exec: {command: [/etc/holdfast/scripts/promote.sh]}")
          .with("  onFailure: Abort")
          .toString();

  @Test
  @DisplayName("hooks from a ConfigMap run before a client is admitted, once in each epoch")
  void promote(TestNamespace namespace) {
    var box = new Box(namespace);
    box.startBackends("pg-0", "pg-1", "pg-2");
    withoutScripts(namespace);
    namespace.kubectl().apply(namespace.configMap("pg-scripts", "promote.sh", PROMOTE));
    namespace.awaitReady("postgres");
    assertThat(hooks(namespace))
        .singleElement()
        .satisfies(run -> assertThat(run.output()).contains("Initial to pg-0 in epoch 1"));

    box.kill("pg-0");
    namespace.awaitPrimary("postgres", "pg-2", 60);
    assertThat(hooks(namespace))
        .extracting(HookRun::backend, HookRun::exitCode)
        .containsSequence(tuple("pg-1", 1), tuple("pg-2", 0));
    namespace.awaitEvent("postgres", "HookFailed", 60, "promote", "pg-1", "Failover to pg-1");
    namespace.awaitEvent("postgres", "FailedOver", 60, "pg-0 -> pg-2");

    restartInPlace(namespace);
  }

  /** A pod that could not start would be a riddle; no pod and a condition is none. */
  private static void withoutScripts(TestNamespace namespace) {
    namespace.kubectl().apply(MANIFEST);
    namespace.awaitCondition("postgres", "Ready=False/ScriptsMissing", 60);
    namespace.awaitEvent("postgres", "ScriptsMissing", 60, "pg-scripts");
    assertThat(namespace.kubectl().run("get", "statefulsets", "-o", "name")).isEmpty();
  }

  /** The state directory outlives the container, and a hook that had ended does not run again. */
  private static void restartInPlace(TestNamespace namespace) {
    var epoch = namespace.status("postgres").primary().epoch();
    namespace.kubectl().run("exec", "postgres-fop-0", "--", "kill", "1");
    within(60)
        .until(() ->
            namespace.dataPlanePod("postgres", 0).getStatus().getContainerStatuses().stream()
                .allMatch(container -> container.getRestartCount() == 1));
    namespace.awaitReady("postgres");
    var primary = namespace.status("postgres").primary();
    assertThat(primary.name()).isEqualTo("pg-2");
    assertThat(primary.epoch()).isEqualTo(epoch);
    assertThat(namespace.kubectl().run("logs", "postgres-fop-0")).doesNotContain("to pg-2 in");
  }

  private static List<HookRun> hooks(TestNamespace namespace) {
    return within(60)
        .ignoreExceptions()
        .until(() -> namespace.status("postgres").lastFailover().hooks(), runs -> !runs.isEmpty());
  }
}
