package dev.holdfast.operator.workload;

import dev.holdfast.api.support.Unsupported;
import dev.holdfast.api.support.UnsupportedFields;
import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.api.v1alpha1.Selection;
import dev.holdfast.api.v1alpha1.ServiceTemplate.TrafficPolicy;
import dev.holdfast.api.v1alpha1.Storage;
import java.util.List;
import java.util.Objects;

/** A FailoverProxy. */
public record ProxyWorkload(FailoverProxy resource) implements Workload {

  private static final int ENOUGH = 3;

  @Override
  public WorkloadKind<FailoverProxy> kind() {
    return WorkloadKind.PROXY;
  }

  @Override
  public FailoverProxySpec spec() {
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
            status.epoch());
  }

  @Override
  public List<ClientPort> clientPorts() {
    var listen = spec().listen().port();
    var service = Objects.requireNonNullElse(spec().service().port(), listen);
    return List.of(new ClientPort("client", service, listen));
  }

  @Override
  public TrafficPolicy usualTrafficPolicy() {
    return TrafficPolicy.Cluster;
  }

  @Override
  public Storage storage() {
    return spec().storage();
  }

  @Override
  public boolean agree() {
    return switch (spec().agreement().mode()) {
      case None -> false;
      case Raft -> true;
      case Auto ->
          spec().selection().mode() == Selection.Mode.Primary && spec().replicas() >= ENOUGH;
    };
  }

  @Override
  public PodMemory memory() {
    return PodMemory.withoutTable(agree());
  }

  @Override
  public List<Reference> references() {
    return References.ofChecksAndHooks(spec());
  }

  @Override
  public List<Unsupported> notSupported() {
    return UnsupportedFields.inCluster(spec());
  }
}
