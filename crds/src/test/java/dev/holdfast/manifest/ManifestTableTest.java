package dev.holdfast.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestTableTest {
  private static final ManifestReader READER = ManifestReader.checkingRules();

  @ParameterizedTest(name = "{0}")
  @DisplayName("A valid manifest has no problem and binds to a spec")
  @MethodSource("dev.holdfast.manifest.ManifestTable#valid")
  void valid(Path file) {
    var read = READER.read(List.of(file));
    assertThat(read.problems()).isEmpty();
    assertThat(read.manifests())
        .isNotEmpty()
        .allSatisfy(manifest -> assertThat(bound(manifest).toString()).isNotEmpty());
  }

  private static Record bound(Manifest manifest) {
    return switch (manifest.kind()) {
      case "FailoverProxy" -> SpecBinder.failoverProxy(manifest);
      case "FloatingIpGroup" -> SpecBinder.floatingIpGroup(manifest);
      case "StickyBalancer" -> SpecBinder.stickyBalancer(manifest);
      default -> throw new AssertionError("no test of kind " + manifest.kind());
    };
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("An invalid manifest is refused for every reason that it names")
  @MethodSource("dev.holdfast.manifest.ManifestTable#invalid")
  void invalid(Path file) {
    var read = READER.read(List.of(file));
    var problems =
        read.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    assertThat(read.manifests()).isEmpty();
    assertThat(ManifestTable.expectedErrors(file))
        .isNotEmpty()
        .allSatisfy(error -> assertThat(problems).contains(error));
    assertThat(read.problems()).allSatisfy(problem -> assertThat(problem.line()).isPositive());
  }
}
