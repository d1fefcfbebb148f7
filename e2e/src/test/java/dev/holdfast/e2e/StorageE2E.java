package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class StorageE2E {

  @Test
  @DisplayName("a claim holds the state of a pod, and goes with the resource")
  void claim(TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0");
    var kubectl = namespace.kubectl();
    try (var disks = Disks.make(namespace, List.of("state-postgres-fop-0"), 0)) {
      var manifest =
          ProxyManifest.of("postgres", "pg-0")
              .with(
                  "storage: {type: PersistentVolumeClaim, size: 16Mi, storageClassName: %s}"
                      .formatted(disks.storageClass()));
      namespace.applyAndAwaitReady(manifest.toString(), "postgres");
      assertThat(kubectl.run("exec", "disk", "--", "ls", "/disk/0")).isNotBlank();

      var settled = version(kubectl);
      namespace.deletePods(List.of("postgres-fop-0"));
      namespace.awaitReady("postgres");
      assertThat(namespace.status("postgres").primary().epoch()).isEqualTo(1);
      assertThat(version(kubectl)).as("generation of the StatefulSet").isEqualTo(settled);

      kubectl.run("delete", "fop", "postgres");
      within(60)
          .until(() -> kubectl.run("get", "persistentvolumeclaims", "-o", "name"), String::isEmpty);
    }
  }

  private static String version(Kubectl kubectl) {
    return kubectl.run(
        "get", "statefulset", "postgres-fop", "-o", "jsonpath={.metadata.generation}");
  }
}
