package dev.holdfast.floatingip.notify;

import dev.holdfast.floatingip.web.SecretUrl;
import java.util.Optional;

/**
 * One place where people are told.
 *
 * @param channel empty: the webhook's own
 * @param username to write under
 */
public record Target(
    Service service, SecretUrl url, Optional<String> channel, String username, String iconEmoji) {
  public static final String DOLPHIN = ":dolphin:";

  /** Names it in logs. */
  @Override
  public String toString() {
    return service + channel.map(name -> " channel " + name).orElse("");
  }
}
