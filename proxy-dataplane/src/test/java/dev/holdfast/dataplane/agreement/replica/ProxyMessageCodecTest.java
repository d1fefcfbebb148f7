package dev.holdfast.dataplane.agreement.replica;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.wire.Codec;
import dev.holdfast.dataplane.agreement.wire.UnreadableException;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProxyMessageCodecTest {
  private static final MemberId A = new MemberId("a", Long.MIN_VALUE + 3);

  private final Codec<ProxyMessage> codec = ProxyMessageCodec.codec();

  @Test
  @DisplayName("Each message comes back as it was written")
  void roundTrip() throws Exception {
    for (var message :
        List.of(
            new ProxyMessage.Verdicts(
                new Incarnation(A, Long.MAX_VALUE),
                4,
                Map.of("x", Health.Healthy),
                Duration.ofMillis(17)),
            new ProxyMessage.ConnectFailed(12),
            new ProxyMessage.SwitchWished("x", true),
            new ProxyMessage.AskVerdicts(List.of("x", "y")))) {
      assertThat(codec.decode(codec.encode(message))).isEqualTo(message);
    }
  }

  @Test
  @DisplayName("What is no message is refused; what a newer peer adds is passed over")
  void others() throws Exception {
    for (var bytes : List.of("", "{}", "null", "[1]", "{\"self\":{}}", "{\"verdicts\":{}}")) {
      assertThatThrownBy(() -> codec.decode(bytes.getBytes(UTF_8)))
          .isInstanceOf(UnreadableException.class);
    }
    var newer = "{\"connectFailed\":{\"epoch\":3,\"why\":\"x\"},\"more\":1}";
    assertThat(codec.decode(newer.getBytes(UTF_8))).isEqualTo(new ProxyMessage.ConnectFailed(3));
  }
}
