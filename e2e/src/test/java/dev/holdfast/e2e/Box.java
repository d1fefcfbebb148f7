package dev.holdfast.e2e;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Pods of busybox in the namespace, each reachable as {@code NAME.db}. */
record Box(TestNamespace namespace) {
  static final String SUBDOMAIN = "db";
  private static final Map<String, String> LABELS = Map.of("app", "box");

  /** Pods that greet with their name and then echo, on port 5432. */
  void startBackends(String... names) {
    for (var name : names) {
      start(name, List.of(container(name, "backend.sh", Map.of("NAME", name))));
    }
    for (var name : names) {
      awaitReady(name);
    }
  }

  /** Ends the pod at once; returns when the API server has forgotten it. */
  void kill(String pod) {
    namespace.kubectl().run("delete", "pod", pod);
  }

  void start(String pod, List<Container> containers) {
    createSubdomain();
    namespace
        .client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace.name())
                .withName(pod)
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .withHostname(pod)
                .withSubdomain(SUBDOMAIN)
                .withTerminationGracePeriodSeconds(1L)
                .withAutomountServiceAccountToken(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(65534L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(containers)
                .endSpec()
                .build())
        .create();
  }

  void awaitReady(String pod) {
    namespace
        .client()
        .pods()
        .inNamespace(namespace.name())
        .withName(pod)
        .waitUntilCondition(
            found ->
                found != null
                    && found.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True")),
            60,
            TimeUnit.SECONDS);
  }

  Container container(String name, String script, Map<String, String> env) {
    return new ContainerBuilder()
        .withName(name)
        .withImage(System.getProperty("holdfast.image.box"))
        .withImagePullPolicy("IfNotPresent")
        .withCommand("sh", "-c", script(script))
        .withEnv(
            env.entrySet().stream().map(e -> new EnvVar(e.getKey(), e.getValue(), null)).toList())
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .build();
  }

  private void createSubdomain() {
    namespace
        .client()
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace.name())
                .withName(SUBDOMAIN)
                .endMetadata()
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(LABELS)
                .endSpec()
                .build())
        .serverSideApply();
  }

  private static String script(String name) {
    try (var in = Objects.requireNonNull(Box.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
