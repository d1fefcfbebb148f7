package dev.holdfast.e2e;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** kubectl in one namespace. */
record Kubectl(String namespace) {
  private static final Duration DEADLINE = Duration.ofSeconds(90);

  /** Of this run alone: another cluster at the same address may have had other resources. */
  private static final String CACHE = "--cache-dir=target/kubectl-" + ProcessHandle.current().pid();

  String run(String... args) {
    return attempt(args).outputOrFail();
  }

  /** Any exit code is a result. */
  Command attempt(String... args) {
    return Command.run(DEADLINE, argv(args));
  }

  String apply(String manifest) {
    return attemptApply(manifest).outputOrFail();
  }

  Command attemptApply(String manifest) {
    return Command.run(DEADLINE, manifest, argv("apply", "-f", "-"));
  }

  private List<String> argv(String... args) {
    return Stream.concat(Stream.of("kubectl", CACHE, "-n", namespace), Stream.of(args)).toList();
  }
}
