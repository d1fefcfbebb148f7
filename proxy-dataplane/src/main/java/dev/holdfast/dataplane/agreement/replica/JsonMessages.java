package dev.holdfast.dataplane.agreement.replica;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.dataplane.agreement.wire.Codec;
import dev.holdfast.dataplane.agreement.wire.UnreadableException;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages as JSON: unknown fields are passed over, so that they may grow.
 *
 * @param <M> messages
 * @param <E> what is sent: an envelope with a field for each kind of message
 * @param open gives null when no message is in it that is known and whole
 */
record JsonMessages<M, E>(Class<E> envelope, Function<M, E> put, Function<E, @Nullable M> open)
    implements Codec<M> {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  @Override
  public byte[] encode(M message) {
    try {
      return JSON.writeValueAsBytes(put.apply(message));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public M decode(byte[] bytes) throws UnreadableException {
    E sent;
    try {
      sent = JSON.readValue(bytes, envelope);
    } catch (IOException e) {
      throw new UnreadableException("cannot read a message: " + e.getMessage());
    }
    var message = sent == null ? null : open.apply(sent);
    if (message == null) {
      throw new UnreadableException("expected a message that replicas send, found none");
    }
    return message;
  }
}
