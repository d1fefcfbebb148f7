package dev.holdfast.dataplane.failover;

import dev.holdfast.health.CheckState;
import java.time.Duration;
import java.util.Random;

/** A backend of the simulated network. */
final class FakeBackend {
  enum Network {
    Up,
    Refuses,
    BlackHole,
    Nameless,
    Unroutable,
    /** There is no descriptor to ask it with. */
    NotAsked,
    /** Answers probes and refuses clients. */
    Fickle
  }

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  Network network = Network.Up;

  /** Accepts connects, but its checks fail all the same. */
  boolean sick;

  CheckState check = CheckState.unknown();

  boolean up() {
    return network == Network.Up || network == Network.Fickle;
  }

  /** How a client's connect that begins now will end. */
  Outcome clientOutcome() {
    return network == Network.Fickle
        ? new Outcome.Failed(Reason.ConnectRefused, "connect refused")
        : outcome();
  }

  /** How a probe that begins now will end. */
  Outcome outcome() {
    return switch (network) {
      case Up, Fickle -> new Outcome.Connected();
      case Refuses -> new Outcome.Failed(Reason.ConnectRefused, "connect refused");
      case Nameless -> new Outcome.Failed(Reason.UnknownHost, "unknown host");
      case Unroutable -> new Outcome.Failed(Reason.ConnectFailed, "no route to host");
      case NotAsked -> new Outcome.NotAsked("too many open files");
      case BlackHole -> new Outcome.Failed(Reason.ConnectTimeout, "no answer within 5000ms");
    };
  }

  Duration delay(Random random) {
    return network == Network.BlackHole
        ? CONNECT_TIMEOUT
        : Duration.ofMillis(1 + random.nextInt(40));
  }
}
