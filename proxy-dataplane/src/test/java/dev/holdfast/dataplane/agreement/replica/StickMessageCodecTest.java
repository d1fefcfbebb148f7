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

class StickMessageCodecTest {
  private static final MemberId A = new MemberId("a", Long.MIN_VALUE + 3);

  private final Codec<StickMessage> codec = StickMessageCodec.codec();

  @Test
  @DisplayName("Each message comes back as it was written; a ballot speaks for its voter")
  void roundTrip() throws Exception {
    var ballot =
        new StickMessage.Verdicts(
            new Incarnation(A, 7),
            4,
            Map.of("1/up", Health.Unhealthy),
            Map.of("1/up", "refused"),
            Duration.ofMillis(17));
    for (var message : List.of(ballot, new StickMessage.AskVerdicts())) {
      assertThat(codec.decode(codec.encode(message))).isEqualTo(message);
    }
    assertThat(ballot.author()).contains(A);
    assertThat(new StickMessage.AskVerdicts().author()).isEmpty();
  }

  @Test
  @DisplayName("A ballot of an older replica has no reasons")
  void withoutReasons() throws Exception {
    var sent =
        """
        {"verdicts": {"voter": {"member": {"peer": "a", "disk": 3}, "number": 7}, "serial": 4,
         "verdicts": {"1/up": "Unhealthy"}, "ageMillis": 17}}
        """;
    assertThat(codec.decode(sent.getBytes(UTF_8)))
        .isEqualTo(
            new StickMessage.Verdicts(
                new Incarnation(new MemberId("a", 3), 7),
                4,
                Map.of("1/up", Health.Unhealthy),
                Map.of(),
                Duration.ofMillis(17)));
  }

  @Test
  @DisplayName("What is no message is refused; what a newer peer adds is passed over")
  void others() throws Exception {
    for (var bytes : List.of("", "{}", "null", "[1]", "{\"verdicts\":{}}", "{\"more\":1}")) {
      assertThatThrownBy(() -> codec.decode(bytes.getBytes(UTF_8)))
          .isInstanceOf(UnreadableException.class);
    }
    assertThat(codec.decode("{\"askVerdicts\":true,\"more\":1}".getBytes(UTF_8)))
        .isEqualTo(new StickMessage.AskVerdicts());
  }
}
