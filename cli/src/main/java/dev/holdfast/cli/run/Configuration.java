package dev.holdfast.cli.run;

import dev.holdfast.dataplane.admin.ConfigSink;
import dev.holdfast.dataplane.runtime.DataPlane;
import dev.holdfast.manifest.Manifest;
import dev.holdfast.manifest.ManifestReader;
import dev.holdfast.manifest.Manifests;
import dev.holdfast.manifest.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process is to run: what its manifests say, and what was pushed since. A bad change is
 * refused whole, and what ran before goes on. Safe for use by many threads.
 */
final class Configuration implements ConfigSink {
  private static final Logger log = LoggerFactory.getLogger(Configuration.class);

  private final ManifestSource source;
  private final ManifestReader reader;
  private final DataPlane plane;
  private final LocalGroups groups;
  private ManifestSet wanted = ManifestSet.of(List.of());

  Configuration(ManifestSource source, ManifestReader reader, DataPlane plane, LocalGroups groups) {
    this.source = source;
    this.reader = reader;
    this.plane = plane;
    this.groups = groups;
  }

  /**
   * Reads the manifests and lets the data plane run what they say.
   *
   * @return why they were refused, wholly or in part; empty when all runs as written
   */
  List<Problem> load() {
    return load(read());
  }

  /** What the manifests say now. */
  Manifests read() {
    return source.read(reader);
  }

  synchronized List<Problem> load(Manifests read) {
    if (!read.problems().isEmpty()) {
      return read.problems();
    }
    return change(wanted.replacedBy(read.manifests()));
  }

  @Override
  public synchronized Verdict apply(String manifest) {
    var read = reader.read("PUT /api/v1/config", manifest);
    if (!read.problems().isEmpty()) {
      return new Verdict.Refused(read.problems());
    }
    for (var pushed : read.manifests()) {
      var newer = wanted.newerThan(pushed);
      if (newer.isPresent()) {
        return new Verdict.Outdated(running(newer.get()));
      }
    }
    var problems = change(wanted.with(read.manifests()));
    return problems.isEmpty()
        ? new Verdict.Applied(read.manifests().stream().map(Configuration::running).toList())
        : new Verdict.Refused(problems);
  }

  private List<Problem> change(ManifestSet next) {
    var changes = next.changesSince(wanted);
    if (changes.isEmpty()) {
      log.debug("the manifests say what they said before");
      return List.of();
    }
    wanted = next;
    var problems = apply(next.manifests());
    if (problems.isEmpty()) {
      changes.forEach(log::info);
      next.manifests().stream().flatMap(ClusterFields::ignoredIn).forEach(log::warn);
    }
    return problems;
  }

  private List<Problem> apply(List<Manifest> manifests) {
    var groupManifests = manifests.stream().filter(Configuration::isGroup).toList();
    var others = manifests.stream().filter(manifest -> !isGroup(manifest)).toList();
    return Stream.of(plane.apply(others), groups.apply(groupManifests))
        .flatMap(List::stream)
        .toList();
  }

  /** Whether there is something to run, and all of it does what it is there for. */
  synchronized boolean ready() {
    var manifests = wanted.manifests();
    return !manifests.isEmpty()
        && groups.ready()
        && (manifests.stream().allMatch(Configuration::isGroup) || plane.ready());
  }

  private static boolean isGroup(Manifest manifest) {
    return manifest.kind().equals(LocalGroups.KIND);
  }

  private static Running running(Manifest manifest) {
    return new Running(
        manifest.kind(), manifest.namespace(), manifest.name(), manifest.generation());
  }
}
