package dev.holdfast.dataplane.runtime.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodPeersTest {
  private final PodPeers pods = new PodPeers("db-pods", 7947);

  @Test
  @DisplayName("Each pod of the StatefulSet has a name under the headless Service")
  void all() {
    assertThat(pods.all("my-db-2", "prod", 3))
        .containsExactly(
            new ReplicaAddress("my-db-0", "my-db-0.db-pods.prod.svc", 7947),
            new ReplicaAddress("my-db-1", "my-db-1.db-pods.prod.svc", 7947),
            new ReplicaAddress("my-db-2", "my-db-2.db-pods.prod.svc", 7947));
  }

  @ParameterizedTest
  @ValueSource(strings = {"db", "db-", "-1", "db-x", "db-1x"})
  @DisplayName("A name that no StatefulSet gives is refused")
  void noPod(String name) {
    assertThatThrownBy(() -> pods.all(name, "prod", 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }
}
