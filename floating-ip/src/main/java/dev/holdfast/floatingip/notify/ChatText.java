package dev.holdfast.floatingip.notify;

import dev.holdfast.floatingip.notify.Message.ServerRow;
import dev.holdfast.floatingip.plan.Health;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The texts of messages, in the two markups that chats have. */
final class ChatText {
  /** Mattermost takes 16,383 characters. */
  static final int MAX_LENGTH = 15_000;

  private static final String CUT = "\n... (cut)";

  private ChatText() {}

  /** Markdown with a table of the servers; also what a generic webhook gets. */
  static String markdown(List<Message> messages) {
    return joined(messages, ChatText::markdown);
  }

  /** Slack's own markup, which has no tables. */
  static String slack(List<Message> messages) {
    return joined(messages, ChatText::slack);
  }

  private static String joined(List<Message> messages, Function<Message, String> text) {
    var all = messages.stream().map(text).collect(Collectors.joining("\n\n"));
    return all.length() <= MAX_LENGTH ? all : all.substring(0, MAX_LENGTH - CUT.length()) + CUT;
  }

  private static String markdown(Message message) {
    var text = new StringBuilder("**").append(message.headline()).append("**");
    message.details().forEach(line -> text.append("\n- ").append(line));
    if (!message.servers().isEmpty()) {
      text.append("\n\n| | server | health |\n|---|---|---|");
      message.servers().forEach(row -> text.append('\n').append(tableRow(row)));
    }
    return text.toString();
  }

  private static String tableRow(ServerRow row) {
    return "| %s | %s | %s |"
        .formatted(
            emoji(row.health()), Message.code(row.name().replace('|', ' ')), word(row.health()));
  }

  private static String slack(Message message) {
    var text = new StringBuilder("*").append(message.headline()).append('*');
    message.details().forEach(line -> text.append("\n• ").append(line));
    message
        .servers()
        .forEach(row ->
            text.append(
                "\n%s %s %s"
                    .formatted(emoji(row.health()), Message.code(row.name()), word(row.health()))));
    return text.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String word(Health health) {
    return switch (health) {
      case Healthy -> "healthy";
      case Unhealthy -> "unhealthy";
      case Unknown -> "unknown";
    };
  }

  private static String emoji(Health health) {
    return switch (health) {
      case Healthy -> ":white_check_mark:";
      case Unhealthy -> ":x:";
      case Unknown -> ":hourglass:";
    };
  }
}
