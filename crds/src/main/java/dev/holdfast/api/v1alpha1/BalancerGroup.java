package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Servers that a client's key is given to together: one for each listen port. */
@ValidationRule(
    value = "has(self.host) != (size(self.ports) > 0)",
    message = "groups: exactly one of host and ports must be set")
@ValidationRule(
    value =
        "self.name == oldSelf.name || (self.ports == oldSelf.ports"
            + " && has(self.host) == has(oldSelf.host)"
            + " && (!has(self.host) || self.host == oldSelf.host))",
    message =
        "groups: name and hosts of an id must not change together, because its clients would be"
            + " sent to another group's servers; take an id that was never used")
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          ports:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [listen]
            items: {description: The server of one listen port.}
          checks:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
            items: {description: One health check. Exactly one kind of probe is set.}
        """)
public record BalancerGroup(
    @JsonPropertyDescription(
            "Number of the group, under which clients' keys are kept. Never reuse it for other"
                + " servers, nor after the group was removed.")
        @Required
        @Min(0)
        @Max(2147483647)
        int id,
    @JsonPropertyDescription("Name of the group in status, events, metrics and commands.")
        @Required
        @DnsLabel
        String name,
    @JsonPropertyDescription(
            "IP address or DNS name, resolved anew for every connect: each listen port goes to the"
                + " same port of it. Either host or ports is set.")
        @HostName
        @Nullable String host,
    @JsonPropertyDescription("Servers of the listen ports, each port mapped once.")
        @Default("[]")
        @Size(max = 32)
        List<PortMapping> ports,
    @JsonPropertyDescription(
            "What is wished of the group. Active: takes new keys. Draining: serves the keys it has"
                + " and takes no new one. Disabled: serves nobody, its keys move to other groups"
                + " and their connections are cut.")
        @Default("Active")
        Backend.State state,
    @JsonPropertyDescription("Share of the new keys, in proportion to the other groups' weights.")
        @Default("1")
        @Min(1)
        @Max(1000)
        int weight,
    @JsonPropertyDescription(
            "Health checks. One of a group with ports runs against each of its servers, and fails"
                + " when one of them fails. Empty: the group is always healthy.")
        @Default("[]")
        @Size(max = 16)
        List<BalancerCheck> checks) {

  public record PortMapping(
      @JsonPropertyDescription("Port that clients connect to.") @Required @PortNumber int listen,
      @JsonPropertyDescription("IP address or DNS name, resolved anew for every connect.")
          @Required
          @HostName
          String host,
      @JsonPropertyDescription("TCP port of the server.") @Required @PortNumber int port) {}
}
