package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class ChecksE2E {

  @Test
  @DisplayName("F10 a check from a ConfigMap decides, and its change reaches a running pod")
  void script(TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0", "pg-1");
    namespace.kubectl().apply(scriptThatTakes(namespace, "pg-0*|pg-1*"));
    var manifest =
        ProxyManifest.of("postgres", "pg-0", "pg-1")
            .withChecks(
                "{name: role, interval: 2s, timeout: 2s, exec: {command:"
                    + " [/etc/holdfast/scripts/role.sh]}}")
            .with("scripts: {configMapName: pg-scripts}");
    namespace.applyAndAwaitReady(manifest.toString(), "postgres");
    TestNamespace.within(60)
        .until(() -> namespace.status("postgres").healthyBackends(), "2/2"::equals);

    namespace.kubectl().apply(scriptThatTakes(namespace, "pg-1*"));
    // The kubelet looks once a minute, and at once when something about the pod changes.
    namespace.kubectl().run("annotate", "pod", "postgres-fop-0", "example.com/look=now");
    namespace.awaitPrimary("postgres", "pg-1", 90);
    namespace.awaitEvent("postgres", "FailedOver", 60, "pg-0 -> pg-1", "CheckFailed");
    assertThat(namespace.dataPlanePod("postgres", 0).getStatus().getContainerStatuses())
        .allMatch(container -> container.getRestartCount() == 0);
  }

  @Test
  @DisplayName("an HTTP check sends a header from a Secret, and a missing Secret is named")
  void secretHeader(TestNamespace namespace) {
    var box = new Box(namespace);
    for (var name : List.of("pg-0", "pg-1")) {
      box.start(
          name,
          List.of(
              box.container(name, "backend.sh", Map.of("NAME", name)),
              box.container("web", "web.sh", Map.of())));
    }
    var manifest =
        ProxyManifest.of("postgres", "pg-0", "pg-1")
            .withChecks(
                "{name: web, interval: 2s, timeout: 2s, http: {port: 8080,"
                    + " headersFrom: [{name: X-Token, secretKeyRef: {name: web, key: token}}]}}");
    namespace.kubectl().apply(manifest.toString());
    namespace.awaitCondition("postgres", "Ready=False/ReferenceMissing", 60);
    namespace.awaitEvent("postgres", "ReferenceMissing", 60, "spec.checks[0]", "Secret web");

    namespace
        .kubectl()
        .run("create", "secret", "generic", "web", "--from-literal=token=open sesame");
    namespace.awaitReady("postgres");
    TestNamespace.within(60)
        .until(() -> namespace.status("postgres").healthyBackends(), "2/2"::equals);
    assertThat(namespace.kubectl().run("get", "fop,configmaps,events", "-o", "yaml"))
        .doesNotContain("sesame");
  }

  private static String scriptThatTakes(TestNamespace namespace, String pattern) {
    return namespace.configMap(
        "pg-scripts",
        "role.sh",
        """
        #!/bin/sh
        case "$1" in %s) ;; *) echo "$1 is no primary"; exit 1 ;; esac
        """
            .formatted(pattern));
  }
}
