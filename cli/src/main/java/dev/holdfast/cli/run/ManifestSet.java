package dev.holdfast.cli.run;

import dev.holdfast.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The manifests of a data plane, one for each resource. */
record ManifestSet(Map<String, Manifest> byResource) {

  static ManifestSet of(List<Manifest> manifests) {
    return new ManifestSet(Map.of()).with(manifests);
  }

  /** The same with these resources added or replaced. */
  ManifestSet with(List<Manifest> manifests) {
    var changed = new TreeMap<>(byResource);
    manifests.forEach(manifest -> changed.put(manifest.resource(), manifest));
    return new ManifestSet(changed);
  }

  /** These resources only; but a file that comes late does not undo what was pushed since. */
  ManifestSet replacedBy(List<Manifest> manifests) {
    return of(manifests.stream().map(manifest -> newerThan(manifest).orElse(manifest)).toList());
  }

  /** The manifest of the same resource in this set, if it is of a later generation. */
  Optional<Manifest> newerThan(Manifest manifest) {
    return Optional.ofNullable(byResource.get(manifest.resource()))
        .filter(present -> present.uid() != null && present.uid().equals(manifest.uid()))
        .filter(present -> present.generation() > manifest.generation());
  }

  List<Manifest> manifests() {
    return List.copyOf(byResource.values());
  }

  /** What one has to know of the way from an earlier set to this one; empty if nothing differs. */
  List<String> changesSince(ManifestSet before) {
    var changes = new ArrayList<String>();
    byResource.forEach((resource, manifest) -> {
      var old = before.byResource.get(resource);
      if (old == null) {
        changes.add(resource + ": added from " + manifest.file());
      } else if (!old.tree().equals(manifest.tree())) {
        changes.add(resource + ": changed in " + manifest.file());
      }
    });
    before.byResource.keySet().stream()
        .filter(resource -> !byResource.containsKey(resource))
        .map(resource -> resource + ": removed")
        .forEach(changes::add);
    return changes;
  }
}
