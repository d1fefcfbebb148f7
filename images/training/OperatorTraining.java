import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Trains the operator's AOT cache: start, election, one reconciliation of each kind, a floating IP
 * that is moved, health probes and the end. Arguments: the java command up to the main class.
 */
class OperatorTraining {
  private static final int PATIENCE_SECONDS = 120;

  public static void main(String[] java) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(""), "training").toAbsolutePath();
    var identity = Identity.create(directory, "training");
    identity.write(directory);
    Path kubeconfig = directory.resolve("kubeconfig");
    int health = Subject.freePort();
    int metrics = Subject.freePort();
    try (var cloud = Cloud.start(java, directory);
        var api =
            new ApiServer(
                identity,
                SampleProxy.read().json(),
                SampleGroup.at(cloud.endpoint(), cloud.port()).json())) {
      api.writeKubeconfig(kubeconfig, directory.resolve("ca.crt"));
      try (var subject =
          Subject.start(
              Map.of("KUBECONFIG", kubeconfig.toString()),
              java,
              "operator",
              "--dataplane-image=localhost/holdfast-dataplane:dev",
              "--lease=training",
              "--allowed-hetzner-endpoints=" + cloud.endpoint(),
              "--health-port=" + health,
              "--metrics-port=" + metrics)) {
        subject.awaitListening(health);
        api.awaitStatus(PATIENCE_SECONDS);
        subject.finish();
      }
    }
  }
}
