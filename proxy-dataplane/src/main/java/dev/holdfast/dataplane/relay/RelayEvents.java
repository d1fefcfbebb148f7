package dev.holdfast.dataplane.relay;

/**
 * What the relay tells whoever decides. Called on an event loop: implementations must not block.
 */
public interface RelayEvents {

  /**
   * A client's connect to the target failed. The client is parked or closed, as the options say.
   */
  void connectFailed(Target target, ConnectFailure failure);

  /** The listening socket was opened, closed as told, or could not be bound. */
  void listenerChanged(ListenerState state);

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
