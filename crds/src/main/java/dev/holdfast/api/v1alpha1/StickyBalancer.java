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

/** Shares clients out to groups of servers; each client's key keeps its group. */
@Group("holdfast.dev")
@Version("v1alpha1")
@ShortNames("stb")
@Categories("holdfast")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Groups", jsonPath = ".status.activeGroups")
@AdditionalPrinterColumn(
    name = "Entries",
    jsonPath = ".status.entries",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Address", jsonPath = ".status.addresses[0]")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Leader", jsonPath = ".status.leader", priority = 1)
@AdditionalPrinterColumn(
    name = "In-Sync",
    jsonPath = ".status.conditions[?(@.type==\"TableReplicated\")].status",
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
    input =
        "description: Shares clients out to groups of servers; each client's key keeps its group.")
public class StickyBalancer extends CustomResource<StickyBalancerSpec, StickyBalancerStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription("What the balancer shall do.")
  public StickyBalancerSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("What the operator has seen.")
  public StickyBalancerStatus getStatus() {
    return super.getStatus();
  }
}
