package dev.holdfast.dataplane.agreement.group.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.group.Greeting;
import dev.holdfast.dataplane.agreement.replica.ReplicaMessage;
import dev.holdfast.health.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What peers say to each other, as JSON: unknown fields are passed over, so that it may grow. */
final class Messages {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** A ballot, with its age in milliseconds. */
  private record Ballot(
      Incarnation voter, long serial, Map<String, Health> verdicts, long ageMillis) {}

  /** One of them is there. */
  private record Envelope(
      @Nullable Ballot verdicts,
      ReplicaMessage.@Nullable ConnectFailed connectFailed,
      ReplicaMessage.@Nullable SwitchWished switchWished,
      ReplicaMessage.@Nullable AskVerdicts askVerdicts) {}

  private Messages() {}

  static byte[] bytes(Greeting greeting) {
    return write(greeting);
  }

  /**
   * @throws IOException when the bytes are no greeting
   */
  static Greeting greeting(byte[] bytes) throws IOException {
    var greeting = JSON.readValue(bytes, Greeting.class);
    if (greeting == null || greeting.self() == null || greeting.self().peer() == null) {
      throw new IOException("expected a greeting with its member, found another message");
    }
    return greeting;
  }

  static byte[] bytes(ReplicaMessage message) {
    return write(
        switch (message) {
          case ReplicaMessage.Verdicts(var voter, var serial, var verdicts, var age) ->
              new Envelope(new Ballot(voter, serial, verdicts, age.toMillis()), null, null, null);
          case ReplicaMessage.ConnectFailed failed -> new Envelope(null, failed, null, null);
          case ReplicaMessage.SwitchWished wish -> new Envelope(null, null, wish, null);
          case ReplicaMessage.AskVerdicts ask -> new Envelope(null, null, null, ask);
        });
  }

  /**
   * @throws IOException when the bytes are no message that is known here
   */
  static ReplicaMessage message(byte[] bytes) throws IOException {
    var envelope = JSON.readValue(bytes, Envelope.class);
    if (envelope != null && envelope.connectFailed() != null) {
      return envelope.connectFailed();
    } else if (envelope != null && isWhole(envelope.switchWished())) {
      return Objects.requireNonNull(envelope.switchWished());
    } else if (envelope != null && envelope.askVerdicts() != null) {
      return envelope.askVerdicts();
    } else if (envelope != null && isWhole(envelope.verdicts())) {
      var ballot = Objects.requireNonNull(envelope.verdicts());
      return new ReplicaMessage.Verdicts(
          ballot.voter(),
          ballot.serial(),
          ballot.verdicts(),
          Duration.ofMillis(ballot.ageMillis()));
    }
    throw new IOException("expected a message that replicas send, found none");
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
  private static boolean isWhole(ReplicaMessage.@Nullable SwitchWished wish) {
    return wish != null && wish.to() != null;
  }

  private static byte[] write(Object message) {
    try {
      return JSON.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message cannot be written: " + e.getMessage(), e);
    }
  }
}
