package dev.holdfast.dataplane.agreement.group.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.dataplane.agreement.group.Greeting;
import java.io.IOException;

/** Greetings as JSON: unknown fields are passed over, so that they may grow. */
final class Greetings {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Greetings() {}

  static byte[] write(Greeting greeting) {
    try {
      return JSON.writeValueAsBytes(greeting);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a greeting cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * @throws IOException when the bytes are no greeting
   */
  static Greeting read(byte[] bytes) throws IOException {
    var greeting = JSON.readValue(bytes, Greeting.class);
    if (greeting == null || greeting.self() == null || greeting.self().peer() == null) {
      throw new IOException("expected a greeting with its member, found another message");
    }
    return greeting;
  }
}
