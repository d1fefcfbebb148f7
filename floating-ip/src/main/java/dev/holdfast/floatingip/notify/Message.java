package dev.holdfast.floatingip.notify;

import dev.holdfast.floatingip.plan.Health;
import java.util.List;

/**
 * What people are told of one event, in any service's form. Texts may hold {@code `names`}, see
 * {@link #code}; otherwise they are our own words.
 *
 * @param group whose event it is
 * @param details a line each
 * @param servers the state of the group, for events after which one wants to know it
 */
public record Message(
    String group, String headline, List<String> details, List<ServerRow> servers) {

  /** One server of the group. */
  public record ServerRow(String name, Health health) {}

  public Message {
    details = List.copyOf(details);
    servers = List.copyOf(servers);
  }

  /**
   * A text that others chose, as it stands in a message: it can be neither markup nor a mention.
   */
  public static String code(String text) {
    var plain = text.replaceAll("[\\s\\p{Cntrl}`]+", " ").strip();
    return "`" + (plain.isEmpty() ? " " : plain) + "`";
  }
}
