package dev.holdfast.cli.run;

import dev.holdfast.api.GatewayDuration;
import dev.holdfast.api.dataplane.FloatingIpGroupReport;
import dev.holdfast.dataplane.status.LiveStatusBoard;
import dev.holdfast.dataplane.status.StatusBoard;
import dev.holdfast.floatingip.group.GroupEngine;
import dev.holdfast.floatingip.resource.GroupIntent;
import dev.holdfast.floatingip.resource.GroupSetup;
import dev.holdfast.floatingip.resource.GroupSetupReader;
import dev.holdfast.floatingip.resource.RunningGroup;
import dev.holdfast.floatingip.web.JdkWebTransport;
import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.References;
import dev.holdfast.manifest.Manifest;
import dev.holdfast.manifest.Problem;
import dev.holdfast.manifest.SpecBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The FloatingIpGroups of this process, which is the only one that moves their IPs. A bad one is
 * refused, and what ran of it before goes on. Safe for use by many threads.
 */
final class LocalGroups implements AutoCloseable {
  static final String KIND = "FloatingIpGroup";

  private static final Logger log = LoggerFactory.getLogger(LocalGroups.class);
  private static final String ANNOTATIONS = "/metadata/annotations/holdfast.dev~1";

  /** Without a look at the cloud for so many intervals a group is not ready. */
  private static final int PATIENCE = 5;

  private final References references;
  private final InstantSource clock;
  private final String instance;
  private final LiveStatusBoard<FloatingIpGroupReport> board = new LiveStatusBoard<>();
  private final Map<String, Running> running = new TreeMap<>();

  /** Threads and sockets; none before the first group. */
  private @Nullable Shared shared;

  private record Shared(GroupEngine engine, JdkWebTransport web) {}

  private record Running(RunningGroup group, GroupReporter reporter, Duration patience) {

    boolean ready(Instant now) {
      return group.status().readAt().filter(at -> at.plus(patience).isAfter(now)).isPresent();
    }
  }

  /**
   * @param instance what statuses call this process
   */
  LocalGroups(References references, InstantSource clock, String instance) {
    this.references = references;
    this.clock = clock;
    this.instance = instance;
  }

  StatusBoard<FloatingIpGroupReport> status() {
    return board;
  }

  /**
   * Makes these the groups that run.
   *
   * @return why some were refused
   */
  synchronized List<Problem> apply(List<Manifest> manifests) {
    var wanted = manifests.stream().map(Manifest::resource).collect(Collectors.toSet());
    running
        .entrySet()
        .removeIf(entry -> {
          var gone = !wanted.contains(entry.getKey());
          if (gone) {
            log.info("{}: not configured any more; its IPs stay where they are", entry.getKey());
            entry.getValue().reporter().end();
            // may wait for messages that are on their way; from its begin nothing is written
            Thread.ofVirtual().name("last-words").start(entry.getValue().group()::close);
          }
          return gone;
        });
    var problems = new ArrayList<Problem>();
    for (var manifest : manifests) {
      try {
        run(manifest, setup(manifest));
      } catch (MissingReference | IllegalArgumentException e) {
        problems.add(manifest.problem("spec", String.valueOf(e.getMessage())));
      }
    }
    return problems;
  }

  /** Whether every group has looked at the cloud lately; so it is, when there is none. */
  synchronized boolean ready() {
    return running.values().stream().allMatch(group -> group.ready(clock.instant()));
  }

  private GroupSetup setup(Manifest manifest) throws MissingReference {
    var spec = SpecBinder.floatingIpGroup(manifest);
    var paused = manifest.tree().at(ANNOTATIONS + "paused").asText().equals("true");
    var approved = manifest.tree().at(ANNOTATIONS + "approve-plan").asText();
    var name = manifest.namespace() + "/" + manifest.name();
    return GroupSetupReader.read(
        new GroupIntent(name, spec, spec.paused() || paused, approved.isEmpty() ? null : approved),
        references);
  }

  private void run(Manifest manifest, GroupSetup setup) {
    var interval = SpecBinder.floatingIpGroup(manifest).pollInterval();
    var patience = GatewayDuration.parse(interval).multipliedBy(PATIENCE);
    var before = running.get(manifest.resource());
    if (before == null) {
      var with = shared();
      var reporter = new GroupReporter(manifest, instance, board, clock);
      reporter.begins(setup.group().policy());
      var group =
          RunningGroup.start(
              setup, with.engine().surroundings(references), with.web(), () -> true, reporter);
      running.put(manifest.resource(), new Running(group, reporter, patience));
    } else {
      before.group().configure(setup);
      running.put(manifest.resource(), new Running(before.group(), before.reporter(), patience));
    }
  }

  private Shared shared() {
    if (shared == null) {
      shared = new Shared(new GroupEngine(), new JdkWebTransport());
    }
    return shared;
  }

  /** When it returns nothing is written any more. */
  @Override
  public synchronized void close() {
    try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
      running.values().forEach(each -> together.execute(each.group()::close));
    }
    running.clear();
    if (shared != null) {
      shared.engine().close();
      shared.web().close();
      shared = null;
    }
  }
}
