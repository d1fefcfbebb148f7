package dev.holdfast.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Lays YAML over the generated schema of a class, object by object: for what no annotation says,
 * such as list types, defaults of nested objects and descriptions of list items.
 */
public final class SchemaPatch implements SchemaCustomizer.Customizer {

  @Override
  public JSONSchemaProps apply(
      JSONSchemaProps schema, String patch, KubernetesSerialization serialization) {
    var tree = serialization.convertValue(schema, ObjectNode.class);
    merge(tree, serialization.unmarshal(patch, ObjectNode.class));
    return serialization.convertValue(tree, JSONSchemaProps.class);
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    patch.properties().forEach(entry -> merge(target, entry.getKey(), entry.getValue()));
  }

  private static void merge(ObjectNode target, String field, JsonNode patch) {
    if (patch instanceof ObjectNode object && target.get(field) instanceof ObjectNode present) {
      merge(present, object);
    } else {
      target.set(field, patch);
    }
  }
}
