package dev.holdfast.cli.run;

import dev.holdfast.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The manifests of a data plane, one for each resource. */
record ManifestSet(Map<String, Manifest> byResource) {

  static ManifestSet of(List<Manifest> manifests) {
    var byResource = new TreeMap<String, Manifest>();
    manifests.forEach(manifest -> byResource.put(resource(manifest), manifest));
    return new ManifestSet(byResource);
  }

  /** The same with one resource added or replaced. */
  ManifestSet with(Manifest manifest) {
    var changed = new TreeMap<>(byResource);
    changed.put(resource(manifest), manifest);
    return new ManifestSet(changed);
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

  private static String resource(Manifest manifest) {
    return manifest.kind() + " " + manifest.namespace() + "/" + manifest.name();
  }
}
