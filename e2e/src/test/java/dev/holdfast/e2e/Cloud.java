package dev.holdfast.e2e;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Hetzner Cloud API in the operator's namespace: {@code holdfast fake-hetzner}, with two servers
 * and four floating IPs, of which the last points nowhere.
 */
final class Cloud implements AutoCloseable {
  static final String ENDPOINT = "http://cloud:8420/v1";
  static final String TOKEN = "e2e-writer-token";
  private static final int PORT = 8420;
  private static final Map<String, String> LABELS = Map.of("app", "cloud");
  private static final String NAME = "cloud";

  private final KubernetesClient client;

  private Cloud(KubernetesClient client) {
    this.client = client;
  }

  /**
   * @param servers addresses of lb-1, lb-2 and so on
   */
  static Cloud start(KubernetesClient client, List<String> servers, int actionDelayMillis) {
    var cloud = new Cloud(client);
    cloud.close();
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(Helm.NAMESPACE)
                .withName(NAME)
                .endMetadata()
                .addToData("state.yaml", state(servers, actionDelayMillis))
                .build())
        .create();
    client
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(Helm.NAMESPACE)
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withSelector(LABELS)
                .addNewPort()
                .withPort(PORT)
                .endPort()
                .endSpec()
                .build())
        .create();
    cloud.startPod();
    return cloud;
  }

  private static String state(List<String> servers, int actionDelayMillis) {
    var ofServers =
        IntStream.rangeClosed(1, servers.size())
            .mapToObj(i ->
                "      - {id: 4%d, name: lb-%d, location: fsn1, ipv4: %s, labels: {role: lb}}\n"
                    .formatted(i, i, servers.get(i - 1)))
            .collect(Collectors.joining());
    return """
    settings: {actionDelayMillis: %d, callsPerHour: 100000}
    projects:
      - name: e2e
        tokens:
          - {name: ci, value: %s, scope: ReadWrite}
        servers:
    %s    floatingIps:
          - {id: 1, name: web-a, ip: 198.51.100.1, homeLocation: fsn1, server: 41, labels: {role: lb}}
          - {id: 2, name: web-b, ip: 198.51.100.2, homeLocation: fsn1, server: 42, labels: {role: lb}}
          - {id: 3, name: web-c, ip: 198.51.100.3, homeLocation: fsn1, server: 41, labels: {role: lb}}
          - {id: 4, name: web-d, ip: 198.51.100.4, homeLocation: fsn1, labels: {role: lb}}
    """
        .formatted(actionDelayMillis, TOKEN, ofServers);
  }

  private void startPod() {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(Helm.NAMESPACE)
            .withName(NAME)
            .withLabels(LABELS)
            .endMetadata()
            .withNewSpec()
            .withTerminationGracePeriodSeconds(1L)
            .withAutomountServiceAccountToken(false)
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withRunAsUser(65534L)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .withContainers(container())
            .addNewVolume()
            .withName("state")
            .withNewConfigMap()
            .withName(NAME)
            .endConfigMap()
            .endVolume()
            .endSpec()
            .build();
    client.resource(pod).create();
    client.resource(pod).waitUntilReady(60, TimeUnit.SECONDS);
  }

  private static Container container() {
    return new ContainerBuilder()
        .withName(NAME)
        .withImage(System.getProperty("holdfast.image.operator"))
        .withImagePullPolicy("IfNotPresent")
        .withArgs("fake-hetzner", "--listen=0.0.0.0:" + PORT, "--state=/state/state.yaml")
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .withNewReadinessProbe()
        .withNewTcpSocket()
        .withNewPort(PORT)
        .endTcpSocket()
        .withPeriodSeconds(1)
        .endReadinessProbe()
        .addNewVolumeMount()
        .withName("state")
        .withMountPath("/state")
        .endVolumeMount()
        .build();
  }

  @Override
  public void close() {
    client.pods().inNamespace(Helm.NAMESPACE).withName(NAME).delete();
    client
        .pods()
        .inNamespace(Helm.NAMESPACE)
        .withName(NAME)
        .waitUntilCondition(pod -> pod == null, 60, TimeUnit.SECONDS);
    client.services().inNamespace(Helm.NAMESPACE).withName(NAME).delete();
    client.configMaps().inNamespace(Helm.NAMESPACE).withName(NAME).delete();
  }
}
