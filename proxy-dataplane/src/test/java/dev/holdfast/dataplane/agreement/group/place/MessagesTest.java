package dev.holdfast.dataplane.agreement.group.place;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.group.Belonging;
import dev.holdfast.dataplane.agreement.group.Greeting;
import dev.holdfast.dataplane.agreement.replica.ReplicaMessage;
import dev.holdfast.health.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final MemberId A = new MemberId("a", Long.MIN_VALUE + 3);

  @Test
  @DisplayName("Each message comes back as it was written")
  void roundTrip() throws Exception {
    var group = new Belonging(new UUID(1, 2), Set.of(A));
    for (var greeting :
        List.of(
            new Greeting(A, null, Set.of(), Set.of("a", "b"), true),
            new Greeting(A, group, Set.of(A), Set.of("a"), false))) {
      assertThat(Messages.greeting(Messages.bytes(greeting))).isEqualTo(greeting);
    }
    for (var message :
        List.of(
            new ReplicaMessage.Verdicts(
                new Incarnation(A, Long.MAX_VALUE),
                4,
                Map.of("x", Health.Healthy),
                Duration.ofMillis(17)),
            new ReplicaMessage.ConnectFailed(12),
            new ReplicaMessage.SwitchWished("x", true),
            new ReplicaMessage.AskVerdicts(List.of("x", "y")))) {
      assertThat(Messages.message(Messages.bytes(message))).isEqualTo(message);
    }
  }

  @Test
  @DisplayName("What is no message is refused; what a newer peer adds is passed over")
  void others() throws Exception {
    for (var bytes : List.of("", "{}", "null", "[1]", "{\"self\":{}}", "{\"verdicts\":{}}")) {
      assertThatThrownBy(() -> Messages.greeting(bytes.getBytes(UTF_8)))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> Messages.message(bytes.getBytes(UTF_8)))
          .isInstanceOf(IOException.class);
    }
    var newer = "{\"connectFailed\":{\"epoch\":3,\"why\":\"x\"},\"more\":1}";
    assertThat(Messages.message(newer.getBytes(UTF_8)))
        .isEqualTo(new ReplicaMessage.ConnectFailed(3));
  }
}
