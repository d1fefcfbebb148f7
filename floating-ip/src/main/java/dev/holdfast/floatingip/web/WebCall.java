package dev.holdfast.floatingip.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request: a POST of JSON when there is a body, else a GET.
 *
 * @param timeout until the whole answer is there
 */
public record WebCall(SecretUrl url, @Nullable String body, Duration timeout) {

  public static WebCall get(SecretUrl url, Duration timeout) {
    return new WebCall(url, null, timeout);
  }

  public static WebCall post(SecretUrl url, String json, Duration timeout) {
    return new WebCall(url, json, timeout);
  }
}
