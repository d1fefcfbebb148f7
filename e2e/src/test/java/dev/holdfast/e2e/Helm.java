package dev.holdfast.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The chart of this checkout, as release {@code holdfast} in its namespace.
 *
 * @param dataPlaneImage as registry/repository:tag; so is the operator's
 */
record Helm(String chart, String dataPlaneImage, String operatorImage) {
  static final String RELEASE = "holdfast";
  static final String NAMESPACE = "holdfast-system";

  /** The operator's Deployment. */
  static final String OPERATOR = RELEASE;

  static final String OPERATOR_PODS =
      "app.kubernetes.io/instance=" + RELEASE + ",app.kubernetes.io/component=operator";

  private static final Duration DEADLINE = Duration.ofSeconds(180);

  static Helm fromSystemProperties() {
    return new Helm(
        System.getProperty("holdfast.chart"),
        System.getProperty("holdfast.image.dataplane"),
        System.getProperty("holdfast.image.operator"));
  }

  String install() {
    return run(withImages("install", RELEASE, chart, "--wait", "--timeout", "120s"));
  }

  String upgrade(String... values) {
    var base = withImages("upgrade", RELEASE, chart, "--wait", "--timeout", "120s");
    return run(Stream.concat(base.stream(), Stream.of(values).flatMap(v -> Stream.of("--set", v))));
  }

  /** To the revision before. */
  String rollback() {
    return run(Stream.of("rollback", RELEASE, "--wait", "--timeout", "120s"));
  }

  String test() {
    return run(Stream.of("test", RELEASE, "--timeout", "120s"));
  }

  String uninstall() {
    return run(
        Stream.of("uninstall", RELEASE, "--ignore-not-found", "--wait", "--timeout", "120s"));
  }

  private List<String> withImages(String... args) {
    var argv = new ArrayList<>(List.of(args));
    argv.addAll(imageValues("image", operatorImage));
    argv.addAll(imageValues("dataPlane.image", dataPlaneImage));
    argv.addAll(
        List.of("--set", "floatingIps.allowedHetznerEndpoints={%s}".formatted(Cloud.ENDPOINT)));
    return argv;
  }

  private static List<String> imageValues(String key, String image) {
    var repository = image.substring(0, image.lastIndexOf(':'));
    var slash = repository.lastIndexOf('/');
    return List.of(
        "--set-string",
        "%s.registry=%s".formatted(key, repository.substring(0, Math.max(slash, 0))),
        "--set-string",
        "%s.repository=%s".formatted(key, repository.substring(slash + 1)),
        "--set-string",
        "%s.tag=%s".formatted(key, image.substring(repository.length() + 1)));
  }

  private String run(List<String> args) {
    return run(args.stream());
  }

  private static String run(Stream<String> args) {
    var argv = Stream.concat(Stream.of("helm", "--namespace", NAMESPACE), args).toList();
    return Command.run(DEADLINE, argv).outputOrFail();
  }
}
