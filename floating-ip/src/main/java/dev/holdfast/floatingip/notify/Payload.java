package dev.holdfast.floatingip.notify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The JSON that a webhook gets: {@code text}, {@code username}, {@code channel} and {@code
 * icon_emoji}, and for programs behind a generic one {@code messages} with the parts of the text.
 */
final class Payload {
  private Payload() {}

  static String of(Target target, List<Message> messages) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put(
        "text",
        switch (target.service()) {
          case Mattermost, Webhook -> ChatText.markdown(messages);
          case Slack -> ChatText.slack(messages);
        });
    json.put("username", target.username());
    target.channel().ifPresent(channel -> json.put("channel", channel));
    json.put("icon_emoji", target.iconEmoji());
    if (target.service() == Service.Webhook) {
      var list = json.putArray("messages");
      messages.forEach(message -> describe(message, list.addObject()));
    }
    return json.toString();
  }

  private static void describe(Message message, ObjectNode json) {
    json.put("group", message.group()).put("headline", message.headline());
    var details = json.putArray("details");
    message.details().forEach(details::add);
    var servers = json.putArray("servers");
    for (var row : message.servers()) {
      servers.addObject().put("name", row.name()).put("health", row.health().name());
    }
  }
}
