package dev.holdfast.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WithoutCelTest {
  private static final Pattern AT_RUN_TIME =
      Pattern.compile(
          ".*(classes|jackson-(core|databind|annotations|dataformat-yaml)-[^/]*|snakeyaml-2[^/]*)/?");

  @Test
  @DisplayName("A reader that trusts rules needs neither CEL nor a Kubernetes client")
  void readsAndBindsWithoutThem() throws Exception {
    try (var loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      assertThat(loader.getResource("dev/cel")).isNull();
      assertThat(loader.getResource("io/fabric8")).isNull();
      var reader = loader.loadClass(ManifestReader.class.getName());
      var read =
          reader
              .getMethod("read", List.class)
              .invoke(
                  reader.getMethod("trustingRules").invoke(null),
                  List.of(Path.of("../examples/failoverproxy.yaml")));
      var manifest = ((List<?>) read.getClass().getMethod("manifests").invoke(read)).getFirst();
      var spec =
          loader
              .loadClass(SpecBinder.class.getName())
              .getMethod("failoverProxy", manifest.getClass())
              .invoke(null, manifest);
      assertThat(spec.toString()).contains("pg-0");
    }
  }

  private static URL[] classPath() throws IOException {
    var urls =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> AT_RUN_TIME.matcher(entry).matches())
            .map(Path::of)
            .toList();
    var result = new URL[urls.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = urls.get(i).toUri().toURL();
    }
    return result;
  }
}
