package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Relays all clients to one primary and moves to another when it fails. */
@Group("holdfast.dev")
@Version("v1alpha1")
@ShortNames("fop")
@Categories("holdfast")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Primary", jsonPath = ".status.primary.name")
@AdditionalPrinterColumn(name = "Backends", jsonPath = ".status.healthyBackends")
@AdditionalPrinterColumn(name = "Address", jsonPath = ".status.addresses[0]")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Epoch",
    jsonPath = ".status.primary.epoch",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Last-Failover",
    jsonPath = ".status.lastFailover.at",
    type = AdditionalPrinterColumn.Type.DATE,
    priority = 1)
@AdditionalPrinterColumn(name = "Leader", jsonPath = ".status.leader", priority = 1)
@AdditionalPrinterColumn(
    name = "Agreed",
    jsonPath = ".status.conditions[?(@.type==\"Agreed\")].status",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    priority = 1)
@ValidationRule(
    value =
        "size(self.metadata.name) <= 40 &&"
            + " self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
    message =
        "metadata.name must begin with a lower-case letter, hold only lower-case letters, digits"
            + " and hyphens, not end with a hyphen, and have at most 40 characters, because"
            + " Services and pods are named after it")
@SchemaCustomizer(
    value = SchemaPatch.class,
    input = "description: Relays all clients to one primary and moves to another when it fails.")
public class FailoverProxy extends CustomResource<FailoverProxySpec, FailoverProxyStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription("What the proxy shall do.")
  public FailoverProxySpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("What the operator has seen.")
  public FailoverProxyStatus getStatus() {
    return super.getStatus();
  }
}
