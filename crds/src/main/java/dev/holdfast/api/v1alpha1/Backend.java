package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;

/** One candidate for primary; its place in the list is its preference. */
public record Backend(
    @JsonPropertyDescription("Name of the backend in status, events, metrics and commands.")
        @Required
        @DnsLabel
        String name,
    @JsonPropertyDescription("IP address or DNS name, resolved anew for every connect.")
        @Required
        @HostName
        String host,
    @JsonPropertyDescription("TCP port of the backend.") @Required @PortNumber int port,
    @JsonPropertyDescription(
            "What is wished of the backend. Active: may become primary. Draining: gets no new"
                + " connections, open ones stay. Disabled: gets none, open ones are cut.")
        @Default("Active")
        State state) {

  public enum State {
    Active,
    Draining,
    Disabled
  }
}
