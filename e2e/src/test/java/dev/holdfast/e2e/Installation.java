package dev.holdfast.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Holdfast on the cluster for as long as the tests run; leaves nothing behind. */
final class Installation implements AutoCloseable {
  private static final Map<String, String> RESTRICTED =
      Map.of("pod-security.kubernetes.io/enforce", "restricted");
  private static final Map<String, String> OF_THIS_RUN = Map.of("holdfast.dev/e2e", "true");

  private final KubernetesClient client;
  private final Helm helm;
  private final String run = Long.toString(ProcessHandle.current().pid(), 36);
  private final AtomicInteger namespaces = new AtomicInteger();

  private Installation(KubernetesClient client, Helm helm) {
    this.client = client;
    this.helm = helm;
  }

  static Installation create() {
    var client = new KubernetesClientBuilder().build();
    if (!ourDefinitions(client).isEmpty()
        || client.namespaces().withName(Helm.NAMESPACE).get() != null) {
      throw new IllegalStateException(
          "expected a cluster without Holdfast, found its CRDs or namespace "
              + Helm.NAMESPACE
              + ": these tests install it and remove it, CRDs and all; use another cluster or"
              + " remove it first");
    }
    var installation = new Installation(client, Helm.fromSystemProperties());
    try {
      installation.createNamespace(Helm.NAMESPACE);
      installation.helm.install();
      return installation;
    } catch (Throwable e) {
      new Diagnostics(output().resolve("failures/install")).dump(Helm.NAMESPACE);
      installation.close();
      throw e;
    }
  }

  static Path output() {
    return Path.of(System.getProperty("e2e.output"));
  }

  KubernetesClient client() {
    return client;
  }

  Helm helm() {
    return helm;
  }

  /** A namespace of its own, in which only pods of the restricted profile may run. */
  TestNamespace newNamespace() {
    var name = "e2e-" + run + "-" + namespaces.incrementAndGet();
    createNamespace(name);
    return new TestNamespace(client, name);
  }

  private void createNamespace(String name) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(RESTRICTED)
                .addToLabels(OF_THIS_RUN)
                .endMetadata()
                .build())
        .create();
    awaitServiceAccount(name);
  }

  /** Pods need it, and whoever makes it may be late after an API server's absence. */
  private void awaitServiceAccount(String namespace) {
    client
        .serviceAccounts()
        .inNamespace(namespace)
        .withName("default")
        .waitUntilCondition(Objects::nonNull, 2, TimeUnit.MINUTES);
  }

  @Override
  public void close() {
    try (client) {
      try {
        // The operator may have something to undo before a resource can go.
        awaitNoNamespace("e2e-");
      } finally {
        helm.uninstall();
        client.namespaces().withName(Helm.NAMESPACE).delete();
        ourDefinitions(client).forEach(crd -> client.resource(crd).delete());
        awaitNoNamespace("");
      }
    } finally {
      Measurements.write(output());
    }
  }

  private void awaitNoNamespace(String prefix) {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() ->
            client.namespaces().withLabels(OF_THIS_RUN).list().getItems().stream()
                .noneMatch(found -> found.getMetadata().getName().startsWith(prefix)));
  }

  private static List<CustomResourceDefinition> ourDefinitions(KubernetesClient client) {
    return client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
        .filter(crd -> crd.getSpec().getGroup().equals("holdfast.dev"))
        .toList();
  }
}
