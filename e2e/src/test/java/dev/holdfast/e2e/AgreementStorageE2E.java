package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class AgreementStorageE2E {

  @Test
  @DisplayName("with volumes, all pods may restart, and one may lose its volume, and go on")
  void volumes(TestNamespace namespace) {
    var claims = List.of("state-kept-fop-0", "state-kept-fop-1", "state-kept-fop-2");
    try (var disks = Disks.make(namespace, claims, 1)) {
      var storage =
          "storage: {type: PersistentVolumeClaim, size: 16Mi, storageClassName: %s}"
              .formatted(disks.storageClass());
      var proxy = AgreedProxy.start(namespace, AgreedProxy.manifest("kept", 3).with(storage));
      proxy.awaitAgreed(3);
      var group = proxy.group();
      var epoch = proxy.epoch();
      var kubectl = namespace.kubectl();

      proxy.deletePods(0, 1, 2);
      proxy.awaitAgreed(3);
      assertThat(proxy.group()).isEqualTo(group);
      assertThat(proxy.epoch()).isEqualTo(epoch);

      var leader = proxy.leader();
      var claim = "state-" + proxy.pod(leader);
      var volume = volume(kubectl, claim);
      kubectl.run("delete", "pvc", claim, "--wait=false");
      proxy.deletePods(leader);
      within(120)
          .ignoreExceptions()
          .until(() -> volume(kubectl, claim), now -> !now.isEmpty() && !now.equals(volume));
      proxy.awaitAgreed(3);
      assertThat(proxy.group()).isEqualTo(group);
      assertThat(proxy.epoch()).isEqualTo(epoch);
      kubectl.run("delete", "fop", "kept");
    }
  }

  private static String volume(Kubectl kubectl, String claim) {
    return kubectl.run("get", "pvc", claim, "-o", "jsonpath={.spec.volumeName}");
  }
}
