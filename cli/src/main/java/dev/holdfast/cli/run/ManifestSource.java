package dev.holdfast.cli.run;

import dev.holdfast.cli.convert.BadConfiguration;
import dev.holdfast.cli.convert.Conversion;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.manifest.ManifestReader;
import dev.holdfast.manifest.Manifests;
import dev.holdfast.manifest.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where manifests come from. */
public sealed interface ManifestSource {

  /** Reads them as they are now; what cannot be read is a problem, too. */
  Manifests read(ManifestReader reader);

  /** Files, which may change. */
  record Files(ManifestFiles files) implements ManifestSource {

    @Override
    public Manifests read(ManifestReader reader) {
      try {
        var found = files.files();
        return found.isEmpty()
            ? refused("expected at least one .yaml, .yml or .json file, found none")
            : reader.read(found);
      } catch (IOException e) {
        return refused("cannot be read: " + e);
      }
    }

    private Manifests refused(String message) {
      var names = files.named().stream().map(Path::toString).collect(Collectors.joining(", "));
      return new Manifests(List.of(), List.of(new Problem(names, 0, "", null, message)), List.of());
    }
  }

  /**
   * Another tool's configuration, which is converted anew each time.
   *
   * @param name what problems call it
   */
  record Converted(String name, Supplier<Conversion> conversion) implements ManifestSource {
    private static final Logger log = LoggerFactory.getLogger(Converted.class);

    @Override
    public Manifests read(ManifestReader reader) {
      try {
        var converted = conversion.get();
        converted.notes().forEach(log::warn);
        return reader.read(name, converted.json());
      } catch (BadConfiguration e) {
        var problem = new Problem(name, 0, "", null, String.valueOf(e.getMessage()));
        return new Manifests(List.of(), List.of(problem), List.of());
      }
    }
  }

  /**
   * A text that stays as it is.
   *
   * @param name what problems call it
   * @param secrets what the manifests refer to and came with them
   */
  record Text(String name, String manifest, Map<Reference, String> secrets)
      implements ManifestSource {

    public Text(String name, String manifest) {
      this(name, manifest, Map.of());
    }

    @Override
    public Manifests read(ManifestReader reader) {
      return reader.read(name, manifest);
    }

    /** Does not show the secrets. */
    @Override
    public String toString() {
      return "Text[name=%s, manifest=%s, secrets=%s]".formatted(name, manifest, secrets.keySet());
    }
  }
}
