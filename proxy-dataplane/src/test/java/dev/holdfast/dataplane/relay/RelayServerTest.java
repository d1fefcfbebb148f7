package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class RelayServerTest {

  @Test
  @DisplayName("bytes reach the backend, the answer reaches the client, and both are counted")
  void relays() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture().open(backend.port());
        var client = relay.connect()) {
      client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
      client.shutdownOutput();

      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("hello");
      soon().until(() -> relay.server.counts().clients() == 0);
      var counts = relay.server.counts().backends().get("backend-1");
      assertThat(counts).isEqualTo(new ConnectionCounts.Backend(0, 1, 0, 5, 5));
      assertThat(relay.server.counts().accepted()).isEqualTo(1);
    }
  }
}
