package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** What happens to the client connections of a StickyBalancer. A limit or time of 0 is none. */
@ValidationRule(
    value = "duration(self.connectTimeout) >= duration('1ms')",
    fieldPath = ".connectTimeout",
    message = "connections.connectTimeout must be at least 1ms")
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          proxyProtocol: {default: {}}
        """)
public record BalancerConnections(
    @JsonPropertyDescription(
            "Time after which a connect to a server counts as failed; the client is closed. At"
                + " least 1ms.")
        @Default("5s")
        @DurationText
        String connectTimeout,
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
    @JsonPropertyDescription("PROXY protocol, which hands on the client's address.")
        Connections.ProxyProtocol proxyProtocol,
    @JsonPropertyDescription("Sets TCP_NODELAY on both sides.") @Default("true") boolean noDelay,
    @JsonPropertyDescription("Sets SO_KEEPALIVE on both sides.") @Default("true")
        boolean keepAlive) {}
