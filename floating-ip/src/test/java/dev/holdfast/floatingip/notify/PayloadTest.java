package dev.holdfast.floatingip.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.floatingip.notify.Message.ServerRow;
import dev.holdfast.floatingip.plan.Health;
import dev.holdfast.floatingip.web.SecretUrl;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PayloadTest {
  private static final Message MESSAGE =
      new Message(
          "web",
          "web: `lb-1` is unhealthy",
          List.of("check `http__ipv4` fails"),
          List.of(new ServerRow("lb-1", Health.Unhealthy), new ServerRow("lb-2", Health.Healthy)));

  @Test
  @DisplayName("L42 The JSON holds text, username, channel and icon_emoji")
  void fields() throws IOException {
    var json = json(Service.Mattermost, Optional.of("ops"), MESSAGE);

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("text", "username", "channel", "icon_emoji");
    assertThat(json.path("username").asText()).isEqualTo("holdfast");
    assertThat(json.path("channel").asText()).isEqualTo("ops");
    assertThat(json.path("icon_emoji").asText()).isEqualTo(":dolphin:");
    assertThat(json(Service.Slack, Optional.empty(), MESSAGE).has("channel")).isFalse();
  }

  @Test
  @DisplayName("L26 Mattermost gets markdown with the table of the servers' state")
  void markdown() throws IOException {
    assertThat(json(Service.Mattermost, Optional.empty(), MESSAGE).path("text").asText())
        .isEqualTo(
            """
            **web: `lb-1` is unhealthy**
            - check `http__ipv4` fails

            | | server | health |
            |---|---|---|
            | :x: | `lb-1` | unhealthy |
            | :white_check_mark: | `lb-2` | healthy |\
            """);
  }

  @Test
  @DisplayName("Slack gets its own markup, a line for each server")
  void slack() throws IOException {
    assertThat(json(Service.Slack, Optional.empty(), MESSAGE).path("text").asText())
        .isEqualTo(
            """
            *web: `lb-1` is unhealthy*
            • check `http__ipv4` fails
            :x: `lb-1` unhealthy
            :white_check_mark: `lb-2` healthy\
            """);
  }

  @Test
  @DisplayName("Programs behind a generic webhook get the parts of the text, too")
  void webhook() throws IOException {
    var json = json(Service.Webhook, Optional.empty(), MESSAGE);

    assertThat(json.path("text").asText()).startsWith("**web: `lb-1` is unhealthy**");
    assertThat(json.at("/messages/0/group").asText()).isEqualTo("web");
    assertThat(json.at("/messages/0/headline").asText()).isEqualTo("web: `lb-1` is unhealthy");
    assertThat(json.at("/messages/0/details/0").asText()).isEqualTo("check `http__ipv4` fails");
    assertThat(json.at("/messages/0/servers/0/health").asText()).isEqualTo("Unhealthy");
  }

  @Test
  @DisplayName("Messages that come together stand one below the other")
  void together() throws IOException {
    var other = new Message("web", "web: `lb-1` is healthy again", List.of(), List.of());

    assertThat(json(Service.Slack, Optional.empty(), other, other).path("text").asText())
        .isEqualTo("*web: `lb-1` is healthy again*\n\n*web: `lb-1` is healthy again*");
  }

  @Test
  @DisplayName("What others chose is neither markup nor a mention nor a further table cell")
  void injection() throws IOException {
    assertThat(Message.code("a`b\n@all")).isEqualTo("`a b @all`");
    assertThat(Message.code("\u0000")).isEqualTo("` `");
    var odd =
        new Message(
            "web",
            "web: " + Message.code("<!channel> & co"),
            List.of(),
            List.of(new ServerRow("a|b`<c>", Health.Unknown)));

    assertThat(json(Service.Mattermost, Optional.empty(), odd).path("text").asText())
        .endsWith("| :hourglass: | `a b <c>` | unknown |");
    assertThat(json(Service.Slack, Optional.empty(), odd).path("text").asText())
        .startsWith("*web: `&lt;!channel&gt; &amp; co`*")
        .doesNotContain("<");
  }

  @Test
  @DisplayName("However large a group is, the text fits what the chats take")
  void bounded() throws IOException {
    var row = new ServerRow("a-server-with-a-long-name", Health.Healthy);
    var large = new Message("web", "large", List.of(), Collections.nCopies(1000, row));

    for (var service : Service.values()) {
      assertThat(json(service, Optional.empty(), large).path("text").asText())
          .hasSizeLessThanOrEqualTo(ChatText.MAX_LENGTH)
          .endsWith("(cut)");
    }
  }

  private static JsonNode json(Service service, Optional<String> channel, Message... messages)
      throws IOException {
    var target =
        new Target(
            service, SecretUrl.of("http://localhost/s3cret"), channel, "holdfast", Target.DOLPHIN);
    return new JsonMapper().readTree(Payload.of(target, List.of(messages)));
  }
}
