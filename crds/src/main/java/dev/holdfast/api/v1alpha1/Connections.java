package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What happens to client connections. A limit or time of 0 is none. */
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          whileNoPrimary: {default: {}}
          onPrimaryChange: {default: {}}
          rampUp: {default: {}}
          proxyProtocol: {default: {}}
        """)
public record Connections(
    @JsonPropertyDescription("What clients meet while there is no primary.")
        WhileNoPrimary whileNoPrimary,
    @JsonPropertyDescription("What happens to open connections when the primary changes.")
        OnPrimaryChange onPrimaryChange,
    @JsonPropertyDescription(
            "What happens to the client whose connect met the failure. RetryNext: it is connected"
                + " to the next primary. Close: it is closed.")
        @Default("RetryNext")
        OnConnectFailure onConnectFailure,
    @JsonPropertyDescription("A connection without a byte for so long is closed. 0s: never.")
        @Default("0s")
        @DurationText
        String idleTimeout,
    @JsonPropertyDescription("A connection as old as this is closed. 0s: never.")
        @Default("0s")
        @DurationText
        String maxLifetime,
    @JsonPropertyDescription(
            "Client connections of one data plane at a time; further ones are closed and counted.")
        @Default("10000")
        @Min(1)
        @Max(1000000)
        int maxConnections,
    @JsonPropertyDescription("Connections of one data plane to one backend at a time. 0: no limit.")
        @Default("0")
        @Min(0)
        @Max(1000000)
        int maxConnectionsPerBackend,
    @JsonPropertyDescription("Spares a fresh primary the rush of all clients at once.")
        RampUp rampUp,
    @JsonPropertyDescription("PROXY protocol, which hands on the client's address.")
        ProxyProtocol proxyProtocol,
    @JsonPropertyDescription("Sets TCP_NODELAY on both sides.") @Default("true") boolean noDelay,
    @JsonPropertyDescription("Sets SO_KEEPALIVE on both sides.") @Default("true")
        boolean keepAlive) {

  public record WhileNoPrimary(
      @JsonPropertyDescription(
              "Refuse: the port is closed. Hold: clients wait and are then connected. Close:"
                  + " clients are accepted and closed.")
          @Default("Refuse")
          Policy policy,
      @JsonPropertyDescription("How long a client waits at most; used by Hold.")
          @Default("5s")
          @DurationText
          String holdFor,
      @JsonPropertyDescription(
              "How many clients may wait at a time, for a primary or for their turn; further ones"
                  + " are closed.")
          @Default("1000")
          @Min(0)
          @Max(1000000)
          int maxHeld) {

    public enum Policy {
      Refuse,
      Hold,
      Close
    }
  }

  public record OnPrimaryChange(
      @JsonPropertyDescription(
              "Keep: they stay. Drain: they may go on until drainTimeout and are then cut. Sever:"
                  + " they are cut at once.")
          @Default("Keep")
          Policy policy,
      @JsonPropertyDescription("How long connections may go on; used by Drain.")
          @Default("30s")
          @DurationText
          String drainTimeout) {

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

  public record RampUp(
      @JsonPropertyDescription(
              "New connections a second from one data plane to a fresh primary; other clients wait"
                  + " in the order they came, maxHeld at most. A primary is fresh until no client"
                  + " had to wait for a second, and for a minute at most. 0: no limit.")
          @Default("0")
          @Min(0)
          @Max(1000000)
          int connectionsPerSecond) {}

  @ValidationRule(
      value = "self.accept == 'Never' || size(self.trustedSources) > 0",
      fieldPath = ".trustedSources",
      message = "proxyProtocol.trustedSources must be set when proxyProtocol.accept is not Never")
  @ValidationRule(
      value = "duration(self.headerTimeout) >= duration('1ms')",
      fieldPath = ".headerTimeout",
      message = "proxyProtocol.headerTimeout must be at least 1ms")
  @SchemaCustomizer(
      value = SchemaPatch.class,
      input =
          """
          properties:
            trustedSources:
              x-kubernetes-list-type: set
              items: {description: 'A network such as 10.0.0.0/8 or fd00::/8.'}
          """)
  public record ProxyProtocol(
      @JsonPropertyDescription(
              "Whether clients begin with a PROXY header. Never: it is taken as payload. Optional:"
                  + " it is read when it is there. Required: a client without it is closed.")
          @Default("Never")
          Accept accept,
      @JsonPropertyDescription("Header that is sent to backends.") @Default("None") Send send,
      @JsonPropertyDescription(
              "Networks whose PROXY headers are believed; needed when accept is not Never. Other"
                  + " clients are closed with Required, and their bytes are payload with Optional.")
          @Default("[]")
          @Size(max = 64)
          List<@Pattern("^[0-9A-Fa-f:.]+/[0-9]{1,3}$") @Size(min = 4, max = 49) String>
              trustedSources,
      @JsonPropertyDescription(
              "How long a client may take for its PROXY header. With Optional, a client that waits"
                  + " for the backend's first word waits this long.")
          @Default("3s")
          @DurationText
          String headerTimeout) {

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
