package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.FailoverProxy;
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
 * Who may connect to the pods: anyone to the client port, the kubelet to the probe port (from where
 * differs by network plug-in, and it says nothing but a status code), the operator's namespace to
 * the admin port, which also demands a certificate; or anyone, when the resource gives tokens to
 * people who can be anywhere; and, where pods decide together, these pods alone to the port for
 * each other. Outgoing connections stay open: backends and name servers can be anywhere.
 */
public final class AccessPolicy extends Child<NetworkPolicy> {

  private final String operatorNamespace;

  public AccessPolicy(String operatorNamespace) {
    super(NetworkPolicy.class);
    this.operatorNamespace = operatorNamespace;
  }

  @Override
  String nameIn(ChildNames names) {
    return names.shared();
  }

  @Override
  protected NetworkPolicy desired(FailoverProxy primary, Context<FailoverProxy> context) {
    return desired(primary, operatorNamespace);
  }

  static NetworkPolicy desired(FailoverProxy proxy, String operatorNamespace) {
    var names = ChildNames.of(proxy);
    var admin = Ports.admin(proxy.getSpec());
    return new NetworkPolicyBuilder()
        .withMetadata(ChildNames.metadata(proxy, names.shared()))
        .withNewSpec()
        .withNewPodSelector()
        .withMatchLabels(names.podSelector())
        .endPodSelector()
        .withPolicyTypes("Ingress")
        .withIngress(
            anyoneTo(proxy.getSpec().listen().port()),
            anyoneTo(Ports.PROBE),
            hasTokens(proxy) ? anyoneTo(admin) : operatorTo(admin, operatorNamespace))
        .addAllToIngress(Replicas.agree(proxy.getSpec()) ? List.of(peersTo(names)) : List.of())
        .endSpec()
        .build();
  }

  private static NetworkPolicyIngressRule peersTo(ChildNames names) {
    var pods = new NetworkPolicyPeer();
    pods.setPodSelector(new LabelSelectorBuilder().withMatchLabels(names.podSelector()).build());
    return to(Ports.PEERS).withFrom(pods).build();
  }

  private static boolean hasTokens(FailoverProxy proxy) {
    var admin = proxy.getSpec().admin();
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
