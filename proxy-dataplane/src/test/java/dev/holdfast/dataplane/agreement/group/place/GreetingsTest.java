package dev.holdfast.dataplane.agreement.group.place;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.group.Belonging;
import dev.holdfast.dataplane.agreement.group.Greeting;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GreetingsTest {
  private static final MemberId A = new MemberId("a", Long.MIN_VALUE + 3);

  @Test
  @DisplayName("Each greeting comes back as it was written")
  void roundTrip() throws Exception {
    var group = new Belonging(new UUID(1, 2), Set.of(A));
    for (var greeting :
        List.of(
            new Greeting(A, null, Set.of(), Set.of("a", "b"), true),
            new Greeting(A, group, Set.of(A), Set.of("a"), false))) {
      assertThat(Greetings.read(Greetings.write(greeting))).isEqualTo(greeting);
    }
  }

  @Test
  @DisplayName("What is no greeting is refused; what a newer peer adds is passed over")
  void others() throws Exception {
    for (var bytes : List.of("", "{}", "null", "[1]", "{\"self\":{}}", "{\"verdicts\":{}}")) {
      assertThatThrownBy(() -> Greetings.read(bytes.getBytes(UTF_8)))
          .isInstanceOf(IOException.class);
    }
    var newer = "{\"self\":{\"peer\":\"a\",\"disk\":1},\"members\":[],\"peers\":[],\"more\":1}";
    assertThat(Greetings.read(newer.getBytes(UTF_8)).self()).isEqualTo(new MemberId("a", 1));
  }
}
