package dev.holdfast.e2e;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Volumes of a storage class of their own. They are directories that another pod of the namespace
 * has: they go when that pod goes.
 *
 * @param count how many claims can be bound, ever: a volume that was released is not used again
 */
record Disks(Kubectl kubectl, String storageClass, int count) implements AutoCloseable {
  private static final String POD =
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
            command: [sh, -c, "trap 'exit 0' TERM; cd /disk && mkdir %s; sleep 3600 & wait"]
            securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
            volumeMounts: [{name: disk, mountPath: /disk}]
        volumes: [{name: disk, emptyDir: {}}]
      """;

  private static final String VOLUME =
      """
      ---
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: %1$s-%2$d}
      spec:
        capacity: {storage: 16Mi}
        accessModes: [ReadWriteOnce]
        persistentVolumeReclaimPolicy: Retain
        storageClassName: %1$s
        hostPath: {path: %3$s/%2$d, type: Directory}
      """;

  /** Without it two claims may choose one volume, and the scheduler looks again minutes later. */
  private static final String CLAIM = "  claimRef: {namespace: %s, name: %s}\n";

  /**
   * @param claims that get a volume each
   * @param spare volumes for claims that come later
   */
  static Disks make(TestNamespace namespace, List<String> claims, int spare) {
    var count = claims.size() + spare;
    var numbers = IntStream.range(0, count).boxed().toList();
    var names = numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
    var kubectl = namespace.kubectl();
    kubectl.apply(POD.formatted(System.getProperty("holdfast.image.box"), names));
    new Box(namespace).awaitReady("disk");
    var pod = namespace.client().pods().inNamespace(namespace.name()).withName("disk").get();
    var directory =
        "/var/lib/kubelet/pods/%s/volumes/kubernetes.io~empty-dir/disk"
            .formatted(pod.getMetadata().getUid());
    kubectl.apply(
        numbers.stream()
            .map(number ->
                VOLUME.formatted(namespace.name(), number, directory)
                    + (number < claims.size()
                        ? CLAIM.formatted(namespace.name(), claims.get(number))
                        : ""))
            .collect(Collectors.joining()));
    return new Disks(kubectl, namespace.name(), count);
  }

  /** Volumes have no namespace to go with. */
  @Override
  public void close() {
    for (int i = 0; i < count; i++) {
      kubectl.run(
          "delete",
          "persistentvolume",
          storageClass + "-" + i,
          "--ignore-not-found",
          "--wait=false");
    }
  }
}
