package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Where clients connect, on several ports. */
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          ports:
            x-kubernetes-list-type: set
            items: {description: A TCP port.}
        """)
public record ListenPorts(
    @JsonPropertyDescription(
            "IP address to bind. Used by `holdfast run` and with hostNetwork; a pod of its own"
                + " always binds all its addresses.")
        @Default("'::'")
        @Pattern("^[0-9A-Fa-f:.]+$")
        @Size(min = 2, max = 45)
        String address,
    @JsonPropertyDescription(
            "TCP ports that clients connect to. One that cannot be bound is reported, and the"
                + " others work.")
        @Required
        @Size(min = 1, max = 32)
        List<@Min(1) @Max(65535) Integer> ports) {}
