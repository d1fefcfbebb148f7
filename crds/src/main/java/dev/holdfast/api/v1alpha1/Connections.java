package dev.holdfast.api.v1alpha1;

import java.util.List;

/** What happens to client connections. A limit or time of 0 is none. */
public record Connections(
    WhileNoPrimary whileNoPrimary,
    OnPrimaryChange onPrimaryChange,
    OnConnectFailure onConnectFailure,
    String idleTimeout,
    String maxLifetime,
    int maxConnections,
    int maxConnectionsPerBackend,
    RampUp rampUp,
    ProxyProtocol proxyProtocol,
    boolean noDelay,
    boolean keepAlive) {

  public record WhileNoPrimary(Policy policy, String holdFor, int maxHeld) {

    public enum Policy {
      Refuse,
      Hold,
      Close
    }
  }

  public record OnPrimaryChange(Policy policy, String drainTimeout) {

    public enum Policy {
      Keep,
      Drain,
      Sever
    }
  }

  public enum OnConnectFailure {
    RetryNext,
    Close
  }

  public record RampUp(int connectionsPerSecond) {}

  public record ProxyProtocol(Accept accept, Send send, List<String> trustedSources) {

    public enum Accept {
      Never,
      Optional,
      Required
    }

    public enum Send {
      None,
      V1,
      V2
    }
  }
}
