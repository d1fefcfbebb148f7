package dev.holdfast.dataplane.agreement.replica;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.wire.Codec;
import dev.holdfast.dataplane.agreement.wire.UnreadableException;
import dev.holdfast.health.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Messages as JSON: unknown fields are passed over, so that they may grow. */
public final class ProxyMessageCodec implements Codec<ProxyMessage> {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** A ballot, with its age in milliseconds. */
  private record Ballot(
      Incarnation voter, long serial, Map<String, Health> verdicts, long ageMillis) {}

  /** One of them is there. */
  private record Envelope(
      @Nullable Ballot verdicts,
      ProxyMessage.@Nullable ConnectFailed connectFailed,
      ProxyMessage.@Nullable SwitchWished switchWished,
      ProxyMessage.@Nullable AskVerdicts askVerdicts) {}

  @Override
  public byte[] encode(ProxyMessage message) {
    var envelope =
        switch (message) {
          case ProxyMessage.Verdicts(var voter, var serial, var verdicts, var age) ->
              new Envelope(new Ballot(voter, serial, verdicts, age.toMillis()), null, null, null);
          case ProxyMessage.ConnectFailed failed -> new Envelope(null, failed, null, null);
          case ProxyMessage.SwitchWished wish -> new Envelope(null, null, wish, null);
          case ProxyMessage.AskVerdicts ask -> new Envelope(null, null, null, ask);
        };
    try {
      return JSON.writeValueAsBytes(envelope);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public ProxyMessage decode(byte[] bytes) throws UnreadableException {
    Envelope envelope;
    try {
      envelope = JSON.readValue(bytes, Envelope.class);
    } catch (IOException e) {
      throw new UnreadableException("cannot read a message: " + e.getMessage());
    }
    if (envelope != null && envelope.connectFailed() != null) {
      return envelope.connectFailed();
    } else if (envelope != null && isWhole(envelope.switchWished())) {
      return Objects.requireNonNull(envelope.switchWished());
    } else if (envelope != null && envelope.askVerdicts() != null) {
      return envelope.askVerdicts();
    } else if (envelope != null && isWhole(envelope.verdicts())) {
      var ballot = Objects.requireNonNull(envelope.verdicts());
      return new ProxyMessage.Verdicts(
          ballot.voter(),
          ballot.serial(),
          ballot.verdicts(),
          Duration.ofMillis(ballot.ageMillis()));
    }
    throw new UnreadableException("expected a message that replicas send, found none");
  }

  @SuppressWarnings("ConstantConditions") // Jackson fills records without regard to nullness
  private static boolean isWhole(@Nullable Ballot ballot) {
    return ballot != null
        && ballot.voter() != null
        && ballot.voter().member() != null
        && ballot.voter().member().peer() != null
        && ballot.verdicts() != null;
  }

  @SuppressWarnings("ConstantConditions") // Jackson fills records without regard to nullness
  private static boolean isWhole(ProxyMessage.@Nullable SwitchWished wish) {
    return wish != null && wish.to() != null;
  }
}
