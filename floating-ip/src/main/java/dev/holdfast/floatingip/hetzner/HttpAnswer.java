package dev.holdfast.floatingip.hetzner;

import java.util.Map;
import java.util.Optional;

/**
 * One response.
 *
 * @param headers the first value of each, by its name in lower case
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
