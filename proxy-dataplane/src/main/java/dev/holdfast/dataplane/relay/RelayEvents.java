package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.RelayOptions.Listen;

/**
 * What the relay tells whoever decides. Called on an event loop: implementations must not block.
 */
public interface RelayEvents {

  /**
   * A client's connect to the target failed. The client is parked or closed, as the options say.
   */
  void connectFailed(Target target, ConnectFailure failure);

  /**
   * What was asked for was opened, closed as told, or could not be bound. What is asked for no
   * longer is closed; before that the address may stay open, when nothing else can be bound.
   *
   * @param listen as {@link RelayOptions} say
   */
  void listenerChanged(Listen listen, ListenerState state);

  /** Why a connect failed; {@code message} is for people. */
  record ConnectFailure(Kind kind, String message) {

    public enum Kind {
      Refused,
      Timeout,
      UnknownHost,
      Other
    }
  }

  sealed interface ListenerState {
    record Open(String address, int port) implements ListenerState {}

    record Closed() implements ListenerState {}

    record Failed(String message) implements ListenerState {}
  }
}
