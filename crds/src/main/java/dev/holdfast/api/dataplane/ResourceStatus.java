package dev.holdfast.api.dataplane;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a process says of one resource that it runs, whole, at one instant. */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    include = JsonTypeInfo.As.EXISTING_PROPERTY,
    property = "kind",
    visible = true)
@JsonSubTypes({
  @JsonSubTypes.Type(value = DataPlaneStatus.class, name = "FailoverProxy"),
  @JsonSubTypes.Type(value = FloatingIpGroupReport.class, name = "FloatingIpGroup"),
  @JsonSubTypes.Type(value = StickyBalancerReport.class, name = "StickyBalancer")
})
public sealed interface ResourceStatus permits DataPlaneReport, FloatingIpGroupReport {

  String kind();

  String namespace();

  String name();

  /** The same without what moves all the time: two that are equal then are no news. */
  ResourceStatus withoutCounters();
}
