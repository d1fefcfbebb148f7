package dev.holdfast.operator.workload;

import dev.holdfast.api.support.Unsupported;
import dev.holdfast.api.support.UnsupportedFields;
import dev.holdfast.api.v1alpha1.Replication;
import dev.holdfast.api.v1alpha1.ServiceTemplate.TrafficPolicy;
import dev.holdfast.api.v1alpha1.StickyBalancer;
import dev.holdfast.api.v1alpha1.StickyBalancerSpec;
import dev.holdfast.api.v1alpha1.Storage;
import java.util.List;
import java.util.Objects;

/** A StickyBalancer. */
public record BalancerWorkload(StickyBalancer resource) implements Workload {

  @Override
  public WorkloadKind<StickyBalancer> kind() {
    return WorkloadKind.BALANCER;
  }

  @Override
  public StickyBalancerSpec spec() {
    return resource.getSpec();
  }

  @Override
  public RecordedStatus recorded() {
    var status = resource.getStatus();
    return status == null
        ? RecordedStatus.NONE
        : new RecordedStatus(
            Objects.requireNonNullElse(status.conditions(), List.of()),
            status.leader(),
            status.clusterId(),
            null);
  }

  @Override
  public List<ClientPort> clientPorts() {
    return spec().listen().ports().stream()
        .map(port -> new ClientPort("client-" + port, port, port))
        .toList();
  }

  /** Clients are known by their addresses, which must reach the pods. */
  @Override
  public TrafficPolicy usualTrafficPolicy() {
    return TrafficPolicy.Local;
  }

  @Override
  public Storage storage() {
    return spec().replication().storage();
  }

  @Override
  public boolean agree() {
    return spec().replication().consistency() == Replication.Consistency.Linearizable
        && spec().replicas() > 1;
  }

  @Override
  public PodMemory memory() {
    return PodMemory.withTable(spec().stickiness(), agree());
  }

  @Override
  public List<Reference> references() {
    return References.ofGroups(spec());
  }

  @Override
  public List<Unsupported> notSupported() {
    return UnsupportedFields.inCluster(spec());
  }
}
