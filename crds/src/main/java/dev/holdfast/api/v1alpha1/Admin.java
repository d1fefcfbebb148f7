package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The admin interface of the data plane: status, metrics, configuration. */
public record Admin(
    @JsonPropertyDescription(
            "IP address to bind, for `holdfast run`; a pod binds all of its own. Off the loopback"
                + " the interface speaks TLS only, and demands a token or a client certificate.")
        @Default("127.0.0.1")
        @Pattern("^[0-9A-Fa-f:.]+$")
        @Size(min = 2, max = 45)
        String address,
    @JsonPropertyDescription("TCP port of the admin interface.") @Default("2340") @PortNumber
        int port,
    @JsonPropertyDescription(
            "Bearer tokens, one a line: `read TOKEN`, `report-unhealthy TOKEN` or `admin TOKEN`, of"
                + " 16 to 512 characters. Read is for status and metrics, report-unhealthy for a"
                + " server that tells of itself, admin for everything. A change is taken up while"
                + " running. In a cluster the NetworkPolicy lets everybody reach the port"
                + " then. Absent: certificates only.")
        @Nullable SecretKeyRef tokenSecretRef) {}
