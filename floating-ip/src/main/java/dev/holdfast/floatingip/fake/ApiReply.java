package dev.holdfast.floatingip.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with.
 *
 * @param body null for none
 * @param delay before it is sent
 */
record ApiReply(
    int status,
    @Nullable ObjectNode body,
    Map<String, String> headers,
    Delivery delivery,
    Duration delay) {

  enum Delivery {
    Whole,
    /** Half of the body, and the connection ends. */
    Truncated,
    /** The connection ends without an answer. */
    Dropped
  }

  ApiReply(int status, @Nullable ObjectNode body) {
    this(status, body, Map.of(), Delivery.Whole, Duration.ZERO);
  }

  ApiReply with(Map<String, String> more) {
    var all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new ApiReply(status, body, all, delivery, delay);
  }

  ApiReply delivered(Delivery delivery) {
    return new ApiReply(status, body, headers, delivery, delay);
  }

  ApiReply after(Duration delay) {
    return new ApiReply(status, body, headers, delivery, delay);
  }
}
