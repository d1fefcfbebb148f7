package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;

/** How the replicas keep their table of keys. */
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          storage: {default: {}}
        """)
public record Replication(
    @JsonPropertyDescription(
            "Linearizable: the replicas have one table, and a key is in one group everywhere."
                + " Local: each replica has a table of its own, and a client that reaches another"
                + " replica may be sent to another group.")
        @Default("Linearizable")
        Consistency consistency,
    @JsonPropertyDescription("Where pods keep their table. Immutable. Cluster only.")
        Storage storage) {

  public enum Consistency {
    Linearizable,
    Local
  }
}
