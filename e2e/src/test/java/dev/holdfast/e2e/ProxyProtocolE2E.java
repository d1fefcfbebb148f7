package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class ProxyProtocolE2E {

  @Test
  @DisplayName("a backend that speaks the PROXY protocol learns the client's address")
  void clientsAddress(TestNamespace namespace) {
    var box = new Box(namespace);
    box.start("pg-0", List.of(box.container("pg-0", "header.sh", Map.of())));
    box.awaitReady("pg-0");
    namespace.applyAndAwaitReady(
        ProxyManifest.of("postgres", "pg-0")
            .with("connections: {proxyProtocol: {send: V1}}")
            .toString(),
        "postgres");

    var traffic = Traffic.knock(namespace, "traffic", "postgres", 5432);
    var answer = traffic.awaitAnswer("PROXY", Instant.EPOCH, 60);

    var client = namespace.client().pods().inNamespace(namespace.name()).withName("traffic").get();
    assertThat(answer.text()).startsWith("PROXY TCP4 " + client.getStatus().getPodIP() + " ");
  }
}
