package dev.holdfast.dataplane.agreement.replica;

import dev.holdfast.dataplane.agreement.wire.Codec;
import org.jspecify.annotations.Nullable;

/** How a proxy's messages are sent. */
final class ProxyMessageCodec {

  /** One of them is there. */
  private record Envelope(
      @Nullable BallotForm verdicts,
      ProxyMessage.@Nullable ConnectFailed connectFailed,
      ProxyMessage.@Nullable SwitchWished switchWished,
      ProxyMessage.@Nullable AskVerdicts askVerdicts) {}

  private ProxyMessageCodec() {}

  static Codec<ProxyMessage> codec() {
    return new JsonMessages<>(Envelope.class, ProxyMessageCodec::put, ProxyMessageCodec::open);
  }

  private static Envelope put(ProxyMessage message) {
    return switch (message) {
      case ProxyMessage.Verdicts(var voter, var serial, var verdicts, var age) ->
          new Envelope(
              new BallotForm(voter, serial, verdicts, null, age.toMillis()), null, null, null);
      case ProxyMessage.ConnectFailed failed -> new Envelope(null, failed, null, null);
      case ProxyMessage.SwitchWished wish -> new Envelope(null, null, wish, null);
      case ProxyMessage.AskVerdicts ask -> new Envelope(null, null, null, ask);
    };
  }

  private static @Nullable ProxyMessage open(Envelope envelope) {
    var wish = envelope.switchWished();
    var ballot = envelope.verdicts();
    if (envelope.connectFailed() != null) {
      return envelope.connectFailed();
    } else if (wish != null && isWhole(wish)) {
      return wish;
    } else if (envelope.askVerdicts() != null) {
      return envelope.askVerdicts();
    }
    return ballot != null && ballot.isWhole()
        ? new ProxyMessage.Verdicts(
            ballot.voter(), ballot.serial(), ballot.verdicts(), ballot.age())
        : null;
  }

  @SuppressWarnings("ConstantConditions") // Jackson fills records without regard to nullness
  private static boolean isWhole(ProxyMessage.SwitchWished wish) {
    return wish.to() != null;
  }
}
