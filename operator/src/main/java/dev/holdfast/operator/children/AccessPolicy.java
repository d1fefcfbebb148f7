package dev.holdfast.operator.children;

import dev.holdfast.operator.workload.Workload;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Map;

/**
 * Who may connect to the pods: anyone to the client ports, the kubelet to the probe port (from
 * where differs by network plug-in, and it says nothing but a status code), the operator's
 * namespace to the admin port, which also demands a certificate; or anyone, when the resource gives
 * tokens to people who can be anywhere; and, where pods decide together, these pods alone to the
 * port for each other. Outgoing connections stay open: backends and name servers can be anywhere.
 */
public final class AccessPolicy<P extends HasMetadata> extends Child<NetworkPolicy, P> {

  private final String operatorNamespace;

  public AccessPolicy(WorkloadKind<P> kind, String operatorNamespace) {
    super(NetworkPolicy.class, kind);
    this.operatorNamespace = operatorNamespace;
  }

  @Override
  String nameIn(ChildNames names) {
    return names.shared();
  }

  @Override
  protected NetworkPolicy desired(P primary, Context<P> context) {
    return desired(workload(primary), operatorNamespace);
  }

  static NetworkPolicy desired(Workload workload, String operatorNamespace) {
    var names = ChildNames.of(workload);
    var admin = Ports.admin(workload.spec());
    return new NetworkPolicyBuilder()
        .withMetadata(ChildNames.metadata(workload, names.shared()))
        .withNewSpec()
        .withNewPodSelector()
        .withMatchLabels(names.podSelector())
        .endPodSelector()
        .withPolicyTypes("Ingress")
        .withIngress(workload.clientPorts().stream().map(port -> anyoneTo(port.listen())).toList())
        .addToIngress(
            anyoneTo(Ports.PROBE),
            hasTokens(workload) ? anyoneTo(admin) : operatorTo(admin, operatorNamespace))
        .addAllToIngress(workload.agree() ? List.of(peersTo(names)) : List.of())
        .endSpec()
        .build();
  }

  private static NetworkPolicyIngressRule peersTo(ChildNames names) {
    var pods = new NetworkPolicyPeer();
    pods.setPodSelector(new LabelSelectorBuilder().withMatchLabels(names.podSelector()).build());
    return to(Ports.PEERS).withFrom(pods).build();
  }

  private static boolean hasTokens(Workload workload) {
    var admin = workload.spec().admin();
    return admin != null && admin.tokenSecretRef() != null;
  }

  private static NetworkPolicyIngressRule anyoneTo(int port) {
    return to(port).build();
  }

  private static NetworkPolicyIngressRule operatorTo(int port, String namespace) {
    var operator = new NetworkPolicyPeer();
    operator.setNamespaceSelector(
        new LabelSelectorBuilder()
            .withMatchLabels(Map.of("kubernetes.io/metadata.name", namespace))
            .build());
    return to(port).withFrom(operator).build();
  }

  private static NetworkPolicyIngressRuleBuilder to(int port) {
    return new NetworkPolicyIngressRuleBuilder()
        .addNewPort()
        .withProtocol("TCP")
        .withPort(new IntOrString(port))
        .endPort();
  }
}
