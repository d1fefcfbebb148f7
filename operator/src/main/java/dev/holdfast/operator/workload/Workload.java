package dev.holdfast.operator.workload;

import dev.holdfast.api.support.Unsupported;
import dev.holdfast.api.v1alpha1.DataPlaneSpec;
import dev.holdfast.api.v1alpha1.ServiceTemplate.TrafficPolicy;
import dev.holdfast.api.v1alpha1.Storage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** A resource that pods run, as its objects and its status need to know it. */
public sealed interface Workload permits ProxyWorkload, BalancerWorkload {

  /** The resource itself, which owns the objects. */
  HasMetadata resource();

  WorkloadKind<?> kind();

  DataPlaneSpec spec();

  /** What the status says so far. */
  RecordedStatus recorded();

  /** Where clients connect, in the order of the resource. */
  List<ClientPort> clientPorts();

  /** Of a Service that is reached from outside, when the resource says nothing. */
  TrafficPolicy usualTrafficPolicy();

  /** Where pods keep their state. */
  Storage storage();

  /** Whether the pods decide together. */
  boolean agree();

  /** What a pod takes, when the resource says nothing. */
  PodMemory memory();

  /** What the data plane reads by name and key, in the order of the resource's fields. */
  List<Reference> references();

  /** What is set and not built yet. */
  List<Unsupported> notSupported();
}
