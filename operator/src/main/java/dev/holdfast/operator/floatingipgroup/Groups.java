package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus;
import dev.holdfast.floatingip.group.GroupEngine;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.floatingip.resource.GroupSetup;
import dev.holdfast.floatingip.resource.RunningGroup;
import dev.holdfast.floatingip.resource.Unassignment;
import dev.holdfast.floatingip.web.JdkWebTransport;
import dev.holdfast.operator.events.EventQueue;
import dev.holdfast.operator.resource.NewsSource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The groups that run: one for each resource, by its uid, as long as it lives. Nothing here blocks
 * but {@link #close}. For use by any thread.
 */
final class Groups implements AutoCloseable {

  private record Entry(Claims.Owner owner, ManagedGroup managed, RunningGroup running) {}

  private final GroupEngine engine = new GroupEngine();
  private final JdkWebTransport web = new JdkWebTransport();
  private final NewsSource<RunningGroup, FloatingIpGroup> news =
      new NewsSource<>(RunningGroup.class, "groups", this::forget);
  private final EventQueue events;
  private final GroupMetrics metrics;
  private final BooleanSupplier leads;
  private final Map<String, Entry> running = new HashMap<>();
  private final Claims claims = new Claims();
  private final Map<String, CompletableFuture<Void>> ending = new HashMap<>();
  private final Unassignments unassignments;
  private boolean closed;

  Groups(EventQueue events, GroupMetrics metrics, BooleanSupplier leads) {
    this.events = events;
    this.metrics = metrics;
    this.leads = leads;
    this.unassignments = new Unassignments(engine, leads);
  }

  NewsSource<RunningGroup, FloatingIpGroup> news() {
    return news;
  }

  /** Starts it, or has it go on as it shall now; later, while an earlier one is still ending. */
  synchronized void run(FloatingIpGroup resource, Setup.Ready setup) {
    var uid = resource.getMetadata().getUid();
    if (closed || ending.containsKey(uid)) {
      return;
    }
    var present = running.get(uid);
    if (present == null) {
      start(resource, setup);
    } else {
      present.managed().use(setup.references());
      present.managed().use(endpoint(resource));
      present.running().configure(setup.group());
      // a Lease that was in doubt for a while may be certain again
      present.running().leadershipChanged();
    }
  }

  private void start(FloatingIpGroup resource, Setup.Ready setup) {
    var owner = Claims.Owner.of(resource);
    var managed =
        new ManagedGroup(
            resource, setup.references(), events, metrics, status -> changed(owner, status));
    metrics.begin(name(resource));
    managed.use(endpoint(resource));
    var group =
        RunningGroup.start(setup.group(), engine.surroundings(managed), web, leads, managed);
    running.put(owner.uid(), new Entry(owner, managed, group));
    // until it has read for itself: after a restart the younger one must not be the faster one
    claims.claim(owner, endpoint(resource), lastSeen(resource));
    share();
  }

  private synchronized void changed(Claims.Owner owner, GroupStatus status) {
    news.changed(new ResourceID(owner.name(), owner.namespace()));
    var entry = running.get(owner.uid());
    if (entry == null || status.readAt().isEmpty()) {
      return;
    }
    var ips =
        status.floatingIps().stream()
            .map(GroupStatus.FloatingIpState::id)
            .collect(Collectors.toSet());
    if (claims.claim(owner, entry.managed().endpoint(), ips)) {
      share();
    }
  }

  /** Tells every group what it may move, and has the resources say so. */
  private void share() {
    running
        .values()
        .forEach(entry -> {
          if (entry.managed().use(claims.of(entry.owner()), entry.running().status())) {
            entry.running().leaveToOthers(entry.managed().sharing().elsewhere());
            news.changed(new ResourceID(entry.owner().name(), entry.owner().namespace()));
          }
        });
  }

  synchronized Sharing sharing(FloatingIpGroup resource) {
    return Optional.ofNullable(running.get(resource.getMetadata().getUid()))
        .map(entry -> entry.managed().sharing())
        .orElse(Sharing.NONE);
  }

  synchronized Optional<GroupStatus> status(FloatingIpGroup resource) {
    return Optional.ofNullable(running.get(resource.getMetadata().getUid()))
        .map(entry -> entry.running().status());
  }

  /** Has the figures say what is true now. */
  void measure(Instant now) {
    metrics.measure(statuses(), now);
  }

  private synchronized Map<String, GroupStatus> statuses() {
    var statuses = new HashMap<String, GroupStatus>();
    running
        .values()
        .forEach(entry -> statuses.put(entry.owner().toString(), entry.running().status()));
    return statuses;
  }

  /** Ends it in the background. */
  synchronized CompletableFuture<Void> stop(FloatingIpGroup resource) {
    var uid = resource.getMetadata().getUid();
    var entry = running.remove(uid);
    if (entry == null) {
      return ending.getOrDefault(uid, CompletableFuture.completedFuture(null));
    }
    var end = CompletableFuture.runAsync(entry.running()::close, background("end", uid)::start);
    ending.put(uid, end);
    return end.whenComplete((done, failure) -> ended(resource));
  }

  private synchronized void ended(FloatingIpGroup resource) {
    ending.remove(resource.getMetadata().getUid());
    release(resource);
    news.changed(ResourceID.fromResource(resource));
  }

  /**
   * Ends it and takes its IPs off its servers, in the background; has the resource reconciled when
   * that is done.
   *
   * @return what became of it; empty as long as that is open
   */
  synchronized Optional<Unassignment.Outcome> unassign(FloatingIpGroup resource, GroupSetup setup) {
    var owner = Claims.Owner.of(resource);
    if (claims.isUnknown(owner)) {
      claims.claim(owner, endpoint(resource), lastSeen(resource));
    }
    return unassignments.of(
        owner.uid(),
        setup,
        claims.of(owner).all(),
        () -> stop(resource),
        () -> news.changed(ResourceID.fromResource(resource)));
  }

  private synchronized void forget(FloatingIpGroup resource) {
    unassignments.forget(resource.getMetadata().getUid());
    metrics.forget(name(resource));
    stop(resource).thenRun(() -> release(resource));
  }

  /** Only now may others move what it moved: its last write has ended. */
  private synchronized void release(FloatingIpGroup resource) {
    claims.release(Claims.Owner.of(resource));
    share();
  }

  /** As in figures. */
  static String name(FloatingIpGroup resource) {
    return resource.getMetadata().getNamespace() + "/" + resource.getMetadata().getName();
  }

  private static String endpoint(FloatingIpGroup resource) {
    return resource.getSpec().provider().hetzner().endpoint();
  }

  /** The floating IPs that an operator found last, this one or another. */
  private static Set<Long> lastSeen(FloatingIpGroup resource) {
    return Optional.ofNullable(resource.getStatus()).stream()
        .map(FloatingIpGroupStatus::floatingIps)
        // an empty list is read back as none
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .map(FloatingIpGroupStatus.FloatingIpStatus::id)
        .collect(Collectors.toSet());
  }

  private static Thread.Builder background(String what, String uid) {
    return Thread.ofVirtual().name("group-" + what + "-" + uid);
  }

  /** When it returns no group writes any more. */
  @Override
  public void close() {
    for (var end : endAll()) {
      end.join();
    }
    web.close();
    engine.close();
  }

  private synchronized List<CompletableFuture<Void>> endAll() {
    closed = true;
    running.forEach((uid, entry) ->
        ending.put(
            uid,
            CompletableFuture.runAsync(entry.running()::close, background("end", uid)::start)));
    running.clear();
    return List.copyOf(ending.values());
  }
}
