package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.SecretKeyRef;
import dev.holdfast.operator.certificates.CertificateSet;
import dev.holdfast.operator.workload.Reference;
import dev.holdfast.operator.workload.Workload;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pod finds in its file system. Nothing of it is optional: a pod without its scripts would
 * run hooks that fail, and admit clients all the same.
 */
final class PodVolumes {

  static final String CONFIG_DIR = "/etc/holdfast/config";
  static final String TLS_DIR = "/etc/holdfast/tls";
  static final String SCRIPTS_DIR = "/etc/holdfast/scripts";
  static final String REFERENCES_DIR = "/etc/holdfast/refs";
  static final String TOKENS_DIR = "/etc/holdfast/admin";
  static final String STATE_DIR = "/var/lib/holdfast";
  static final String TOKENS_FILE = "tokens";

  /** Keys, tokens and references: for the data plane's group only. */
  private static final int SECRET_MODE = 0440;

  private static final int SCRIPT_MODE = 0555;

  /** A volume and where it is mounted. */
  private record Mounted(Volume volume, VolumeMount mount) {}

  private PodVolumes() {}

  /** Without the state of a pod that has a claim for it: that volume comes with the claim. */
  static List<Volume> volumes(Workload workload) {
    var all = new ArrayList<>(all(workload).stream().map(Mounted::volume).toList());
    StateVolume.ofPod(workload.storage()).ifPresent(all::add);
    return all;
  }

  static List<VolumeMount> mounts(Workload workload) {
    var all = new ArrayList<>(all(workload).stream().map(Mounted::mount).toList());
    all.add(new VolumeMountBuilder().withName(StateVolume.NAME).withMountPath(STATE_DIR).build());
    return all;
  }

  private static List<Mounted> all(Workload workload) {
    var names = ChildNames.of(workload);
    var spec = workload.spec();
    var all = new ArrayList<>(List.of(config(names), tls(names), tmp()));
    if (spec.scripts() != null) {
      all.add(scripts(spec.scripts().configMapName()));
    }
    if (!workload.references().isEmpty()) {
      all.add(references(workload.references()));
    }
    if (spec.admin() != null && spec.admin().tokenSecretRef() != null) {
      all.add(tokens(spec.admin().tokenSecretRef()));
    }
    return all;
  }

  private static Mounted config(ChildNames names) {
    return readOnly(
        new VolumeBuilder()
            .withName("config")
            .withNewConfigMap()
            .withName(names.shared())
            .endConfigMap()
            .build(),
        CONFIG_DIR);
  }

  private static Mounted tls(ChildNames names) {
    return readOnly(
        new VolumeBuilder()
            .withName("tls")
            .withNewSecret()
            .withSecretName(names.shared())
            .withDefaultMode(SECRET_MODE)
            // The authority's key and the operator's are in the Secret, not in the pod.
            .withItems(
                item(CertificateSet.AUTHORITY_CERTIFICATE),
                item(CertificateSet.POD_CERTIFICATE),
                item(CertificateSet.POD_KEY))
            .endSecret()
            .build(),
        TLS_DIR);
  }

  private static Mounted tmp() {
    var volume =
        new VolumeBuilder()
            .withName("tmp")
            .withNewEmptyDir()
            .withSizeLimit(new Quantity("64Mi"))
            .endEmptyDir()
            .build();
    return new Mounted(
        volume, new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build());
  }

  private static Mounted scripts(String configMap) {
    return readOnly(
        new VolumeBuilder()
            .withName("scripts")
            .withNewConfigMap()
            .withName(configMap)
            .withDefaultMode(SCRIPT_MODE)
            .endConfigMap()
            .build(),
        SCRIPTS_DIR);
  }

  private static Mounted references(List<Reference> references) {
    return readOnly(
        new VolumeBuilder()
            .withName("refs")
            .withNewProjected()
            .withDefaultMode(SECRET_MODE)
            .withSources(ProjectedReferences.sources(references))
            .endProjected()
            .build(),
        REFERENCES_DIR);
  }

  private static Mounted tokens(SecretKeyRef reference) {
    return readOnly(
        new VolumeBuilder()
            .withName("admin-tokens")
            .withNewSecret()
            .withSecretName(reference.name())
            .withDefaultMode(SECRET_MODE)
            .withItems(new KeyToPath(reference.key(), null, TOKENS_FILE))
            .endSecret()
            .build(),
        TOKENS_DIR);
  }

  private static Mounted readOnly(Volume volume, String path) {
    return new Mounted(
        volume,
        new VolumeMountBuilder()
            .withName(volume.getName())
            .withMountPath(path)
            .withReadOnly(true)
            .build());
  }

  private static KeyToPath item(String name) {
    return new KeyToPath(name, null, name);
  }
}
