package dev.holdfast.dataplane.agreement.replica;

import dev.holdfast.dataplane.agreement.wire.Codec;
import org.jspecify.annotations.Nullable;

/** How a balancer's messages are sent. */
final class StickMessageCodec {

  /** One of them is there. */
  private record Envelope(@Nullable BallotForm verdicts, @Nullable Boolean askVerdicts) {}

  private StickMessageCodec() {}

  static Codec<StickMessage> codec() {
    return new JsonMessages<>(Envelope.class, StickMessageCodec::put, StickMessageCodec::open);
  }

  private static Envelope put(StickMessage message) {
    return switch (message) {
      case StickMessage.Verdicts(var voter, var serial, var verdicts, var reasons, var age) ->
          new Envelope(new BallotForm(voter, serial, verdicts, reasons, age.toMillis()), null);
      case StickMessage.AskVerdicts() -> new Envelope(null, true);
    };
  }

  private static @Nullable StickMessage open(Envelope envelope) {
    var ballot = envelope.verdicts();
    if (ballot != null && ballot.isWhole()) {
      return new StickMessage.Verdicts(
          ballot.voter(), ballot.serial(), ballot.verdicts(), ballot.words(), ballot.age());
    }
    return Boolean.TRUE.equals(envelope.askVerdicts()) ? new StickMessage.AskVerdicts() : null;
  }
}
