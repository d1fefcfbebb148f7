package dev.holdfast.cli.run;

import dev.holdfast.manifest.ManifestReader;
import dev.holdfast.manifest.Manifests;
import dev.holdfast.manifest.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

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
   * A text that stays as it is.
   *
   * @param name what problems call it
   */
  record Text(String name, String manifest) implements ManifestSource {

    @Override
    public Manifests read(ManifestReader reader) {
      return reader.read(name, manifest);
    }
  }
}
