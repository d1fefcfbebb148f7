package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class StorageE2E {

  /** The volume is a directory that another pod has: it goes when that pod goes. */
  private static final String DISK =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: disk}
      spec:
        terminationGracePeriodSeconds: 1
        securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
        containers:
          - name: disk
            image: %s
            imagePullPolicy: IfNotPresent
            command: [sh, -c, "trap 'exit 0' TERM; sleep 3600 & wait"]
            securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
            volumeMounts: [{name: disk, mountPath: /disk}]
        volumes: [{name: disk, emptyDir: {}}]
      """;

  private static final String VOLUME =
      """
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: %1$s}
      spec:
        capacity: {storage: 16Mi}
        accessModes: [ReadWriteOnce]
        persistentVolumeReclaimPolicy: Retain
        storageClassName: %1$s
        hostPath: {path: %2$s, type: Directory}
      """;

  @Test
  @DisplayName("a claim holds the state of a pod, and goes with the resource")
  void claim(TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0");
    var kubectl = namespace.kubectl();
    try {
      kubectl.apply(VOLUME.formatted(namespace.name(), directory(namespace)));
      var manifest =
          ProxyManifest.of("postgres", "pg-0")
              .with(
                  "storage: {type: PersistentVolumeClaim, size: 16Mi, storageClassName: %s}"
                      .formatted(namespace.name()));
      namespace.applyAndAwaitReady(manifest.toString(), "postgres");
      assertThat(kubectl.run("exec", "disk", "--", "ls", "/disk")).isNotBlank();

      var settled = version(kubectl);
      kubectl.run("delete", "pod", "postgres-fop-0", "--wait=true");
      namespace.awaitReady("postgres");
      assertThat(namespace.status("postgres").primary().epoch()).isEqualTo(1);
      assertThat(version(kubectl)).as("generation of the StatefulSet").isEqualTo(settled);

      kubectl.run("delete", "fop", "postgres");
      within(60)
          .until(() -> kubectl.run("get", "persistentvolumeclaims", "-o", "name"), String::isEmpty);
    } finally {
      kubectl.run("delete", "persistentvolume", namespace.name(), "--ignore-not-found");
    }
  }

  private static String directory(TestNamespace namespace) {
    namespace.kubectl().apply(DISK.formatted(System.getProperty("holdfast.image.box")));
    new Box(namespace).awaitReady("disk");
    var pod = namespace.client().pods().inNamespace(namespace.name()).withName("disk").get();
    return "/var/lib/kubelet/pods/%s/volumes/kubernetes.io~empty-dir/disk"
        .formatted(pod.getMetadata().getUid());
  }

  private static String version(Kubectl kubectl) {
    return kubectl.run(
        "get", "statefulset", "postgres-fop", "-o", "jsonpath={.metadata.generation}");
  }
}
