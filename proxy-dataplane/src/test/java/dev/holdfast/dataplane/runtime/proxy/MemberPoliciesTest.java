package dev.holdfast.dataplane.runtime.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.dataplane.agreement.member.MemberPolicy.Floor;
import dev.holdfast.dataplane.config.ConfigReader;
import dev.holdfast.dataplane.config.ConfigResult;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.runtime.Rig;
import dev.holdfast.dataplane.state.PrimaryStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MemberPoliciesTest {
  private static final String LOST = "6f1c1f0e-0000-4000-8000-00000000beef";
  private static final String GROUP = "0b8f7d5e-33a1-4f0c-8f55-2a4f0c1d9e01";
  private static final String SPEC =
      "backends: [{name: a, host: a.db, port: 1}]\n"
          + "replicas: 3\nconnections: {onPrimaryChange: {policy: Sever}}\n";

  @Test
  @DisplayName("A group begins with the primary of the pods before it, in its epoch")
  void resumed() {
    assertThat(floor(7, 7, null)).isEqualTo(new Floor("a", 7));
    assertThat(floor(7, 0, null)).isEqualTo(new Floor("a", 7));
    assertThat(floor(0, 0, null)).isNull();
  }

  @Test
  @DisplayName("It chooses anew and above them when epochs were given out that nobody knows of")
  void anew() {
    assertThat(floor(7, 9, null)).isEqualTo(new Floor("", 9));
    assertThat(floor(7, 7, GROUP)).as("the data is lost").isEqualTo(new Floor("", 7));
    assertThat(floor(7, 7, LOST)).as("its successor is recorded").isEqualTo(new Floor("", 7));
  }

  /**
   * @param primary epoch of the primary that the operator knows of
   * @param highest epoch that it knows of; 0 for none, as {@code primary}
   */
  private static @Nullable Floor floor(long primary, long highest, @Nullable String givenUp) {
    var manifest = Rig.manifest("uid", 1, SPEC);
    var status = manifest.tree().putObject("status").put("clusterId", GROUP);
    if (primary > 0) {
      status.putObject("primary").put("name", "a").put("epoch", primary);
    }
    if (highest > 0) {
      status.put("epoch", highest);
    }
    if (givenUp != null) {
      ((ObjectNode) manifest.tree().path("metadata"))
          .putObject("annotations")
          .put("holdfast.dev/rebootstrap", givenUp);
    }
    var config = (ProxyConfig) ((ConfigResult.Accepted) ConfigReader.read(manifest)).config();
    return MemberPolicies.of(config, PrimaryStore.none()).floor();
  }
}
