package dev.holdfast.operator.children;

import dev.holdfast.operator.workload.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The container that relays. Client ports are not declared: they can change while it runs. */
final class DataPlaneContainer {

  private static final String POD_NAME = "POD_NAME";

  /** Read by the {@code java} launcher. */
  private static final String JVM_OPTIONS = "JDK_JAVA_OPTIONS";

  /**
   * Until the drain begins and the port closes: clients are sent here until every node has heard
   * that the pod goes. Part of the grace period.
   */
  private static final long LAME_DUCK_SECONDS = 3;

  private DataPlaneContainer() {}

  static Container of(Workload workload, String image) {
    var spec = workload.spec();
    var template = spec.template();
    return new ContainerBuilder()
        .withName("holdfast")
        .withImage(Objects.requireNonNullElse(template.image(), image))
        .withArgs(arguments(workload))
        .withEnv(environment(workload))
        .withPorts(ports(workload))
        .withResources(resources(workload))
        .withSecurityContext(securityContext())
        // 60 s to start; noticed within a second.
        .withStartupProbe(probe("/healthz", 1, 60))
        .withReadinessProbe(probe("/readyz", 2, 2))
        .withLivenessProbe(probe("/healthz", 10, 3))
        .withNewLifecycle()
        .withNewPreStop()
        .withNewSleep(LAME_DUCK_SECONDS)
        .endPreStop()
        .endLifecycle()
        .withVolumeMounts(PodVolumes.mounts(workload))
        // The condition of a pod that cannot start quotes its last words.
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .build();
  }

  private static List<ContainerPort> ports(Workload workload) {
    var ports = new ArrayList<ContainerPort>();
    ports.add(port(Ports.ADMIN_NAME, Ports.admin(workload.spec())));
    ports.add(port("probe", Ports.PROBE));
    if (workload.agree()) {
      ports.add(port(Ports.PEERS_NAME, Ports.PEERS));
    }
    return ports;
  }

  private static ContainerPort port(String name, int number) {
    return new ContainerPortBuilder()
        .withName(name)
        .withContainerPort(number)
        .withProtocol("TCP")
        .build();
  }

  /** To the image's entry point, the {@code holdfast} command. */
  private static List<String> arguments(Workload workload) {
    var spec = workload.spec();
    var arguments = new ArrayList<String>(List.of("run", "--validated"));
    arguments.addAll(List.of("--admin", "0.0.0.0:" + Ports.admin(spec)));
    arguments.addAll(List.of("--probe-port", Integer.toString(Ports.PROBE)));
    arguments.addAll(List.of("--tls-dir", PodVolumes.TLS_DIR));
    arguments.addAll(List.of("--state-dir", PodVolumes.STATE_DIR));
    if (spec.admin() != null && spec.admin().tokenSecretRef() != null) {
      arguments.addAll(
          List.of("--token-file", PodVolumes.TOKENS_DIR + "/" + PodVolumes.TOKENS_FILE));
    }
    if (!workload.references().isEmpty()) {
      arguments.addAll(List.of("--refs", PodVolumes.REFERENCES_DIR));
    }
    if (workload.agree()) {
      arguments.addAll(List.of("--peer-service", ChildNames.of(workload).podsService()));
    }
    arguments.addAll(List.of("--instance", "$(" + POD_NAME + ")"));
    arguments.add(PodVolumes.CONFIG_DIR + "/" + Configuration.file(workload));
    return List.copyOf(arguments);
  }

  private static List<EnvVar> environment(Workload workload) {
    var template = workload.spec().template();
    var further =
        template.env().stream()
            .map(variable -> Placement.as(variable, EnvVar.class))
            .filter(variable -> !variable.getName().equals(POD_NAME))
            .toList();
    var environment = new ArrayList<EnvVar>();
    environment.add(
        new EnvVarBuilder()
            .withName(POD_NAME)
            .withNewValueFrom()
            .withNewFieldRef()
            .withFieldPath("metadata.name")
            .endFieldRef()
            .endValueFrom()
            .build());
    var options = jvmOptions(workload);
    if (!options.isEmpty() && further.stream().noneMatch(DataPlaneContainer::isJvmOptions)) {
      environment.add(new EnvVarBuilder().withName(JVM_OPTIONS).withValue(options).build());
    }
    environment.addAll(further);
    return environment;
  }

  private static boolean isJvmOptions(EnvVar variable) {
    return variable.getName().equals(JVM_OPTIONS);
  }

  /** Of two options that contradict each other the later one counts, which is the resource's. */
  private static String jvmOptions(Workload workload) {
    var heap = workload.memory().heap();
    return Stream.of(heap == null ? null : "-Xmx" + heap, workload.spec().template().jvmOptions())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" "));
  }

  /** Without a limit of CPU time: a throttled relay is a slow one for every client. */
  private static ResourceRequirements resources(Workload workload) {
    var wanted = workload.spec().template().resources();
    if (wanted != null) {
      return Placement.as(wanted, ResourceRequirements.class);
    }
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity("50m"))
        .addToRequests("memory", new Quantity(workload.memory().request()))
        .addToLimits("memory", new Quantity(workload.memory().limit()))
        .build();
  }

  private static SecurityContext securityContext() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  private static Probe probe(String path, int periodSeconds, int failures) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withPort(new IntOrString(Ports.PROBE))
        .endHttpGet()
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(Math.min(periodSeconds, 3))
        .withFailureThreshold(failures)
        .build();
  }
}
