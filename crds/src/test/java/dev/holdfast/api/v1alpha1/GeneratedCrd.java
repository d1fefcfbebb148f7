package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The CRD of a kind as the classes say now. */
final class GeneratedCrd {
  private static final Pattern BOUND =
      Pattern.compile("^( +(?:maximum|minimum): )([-0-9.E]+)$", Pattern.MULTILINE);

  private GeneratedCrd() {}

  static String yaml(Class<? extends CustomResource<?, ?>> kind, String header, Path directory)
      throws IOException {
    new CRDGenerator()
        .inOutputDir(directory.toFile())
        .forCRDVersions("v1")
        .withMinQuotes(true)
        .withPostProcessor(finishing(kind))
        .customResourceClasses(List.of(kind))
        .generate();
    var yaml = Files.readString(directory.resolve(CustomResource.getCRDName(kind) + "-v1.yml"));
    return header + wholeNumbers(yaml.substring(yaml.indexOf("apiVersion:")));
  }

  /** The same without descriptions, as JSON, so that a pod does not parse YAML for it at start. */
  static String json(String yaml) throws IOException {
    var tree = JsonMapper.builder(new YAMLFactory()).build().readTree(yaml);
    tree.findParents("description").forEach(GeneratedCrd::removeDescription);
    return tree.toPrettyString() + "\n";
  }

  private static void removeDescription(JsonNode schema) {
    if (schema.path("description").isTextual()) {
      ((ObjectNode) schema).remove("description");
    }
  }

  private static CRDPostProcessor finishing(Class<?> kind) {
    var names =
        Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    return new CRDPostProcessor() {
      @Override
      public HasMetadata process(HasMetadata crd, String crdSpecVersion) {
        ((CustomResourceDefinition) crd)
            .getSpec()
            .getVersions()
            .forEach(version -> finish(version, names));
        return crd;
      }
    };
  }

  /** The generator sorts columns by path, but people read them from left to right. */
  private static void finish(CustomResourceDefinitionVersion version, List<String> columns) {
    version
        .getAdditionalPrinterColumns()
        .sort(Comparator.comparingInt(column -> columns.indexOf(column.getName())));
    fillDefaults(version.getSchema().getOpenAPIV3Schema());
  }

  /** The API server checks rules on an object's default without the defaults of its fields. */
  private static void fillDefaults(JSONSchemaProps schema) {
    schema.getProperties().values().forEach(GeneratedCrd::fillDefaults);
    if (schema.getItems() != null) {
      fillDefaults(schema.getItems().getSchema());
    }
    if (schema.getDefault() instanceof ObjectNode defaults && defaults.isEmpty()) {
      schema
          .getProperties()
          .forEach((name, field) -> {
            if (field.getDefault() != null) {
              defaults.set(name, field.getDefault().deepCopy());
            }
          });
    }
  }

  /** The generator writes bounds of integers as {@code 65535.0}. */
  private static String wholeNumbers(String yaml) {
    return BOUND
        .matcher(yaml)
        .replaceAll(bound ->
            bound.group(1) + new BigDecimal(bound.group(2)).stripTrailingZeros().toPlainString());
  }
}
