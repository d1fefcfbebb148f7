package dev.holdfast.floatingip.fake;

import dev.holdfast.floatingip.fake.ApiReply.Delivery;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The whole API, without a network: requests in, replies out, by whatever clock it is given. For
 * any number of threads, one at a time.
 */
public final class FakeCloud {
  private static final int MAX_JOURNAL = 100_000;

  private final InstantSource clock;
  private final Map<String, Project> projects = new LinkedHashMap<>();
  private final List<Owned> tokens = new ArrayList<>();
  private final Project strangers;
  private final Random random;
  private final Faults faults;
  private final Deque<JournalEntry> journal = new ArrayDeque<>();

  private record Owned(ProjectToken token, Project project) {}

  public FakeCloud(Seed seed, InstantSource clock) {
    this.clock = clock;
    var settings = seed.settings();
    this.random = new Random(settings.seed());
    this.faults = new Faults(random);
    this.strangers = new Project(settings, Inventory.empty(), clock.instant());
    for (var project : seed.projects()) {
      var started =
          new Project(
              settings,
              project.inventory(clock.instant().truncatedTo(ChronoUnit.SECONDS)),
              clock.instant());
      projects.put(project.name(), started);
      project.tokens().forEach(token -> tokens.add(new Owned(token, started)));
    }
  }

  public synchronized void addFault(FaultRule rule) {
    faults.add(rule);
  }

  public synchronized void clearFaults() {
    faults.clear();
  }

  public synchronized List<FaultRule> faults() {
    return faults.rules();
  }

  /** All requests of the API so far, the oldest first; as many as are kept. */
  public synchronized List<JournalEntry> journal() {
    return List.copyOf(journal);
  }

  public synchronized void clearJournal() {
    journal.clear();
  }

  /** From now on every request with it is answered with 401. */
  public synchronized void revoke(String token) {
    tokens.replaceAll(owned ->
        owned.token().value().equals(token)
            ? new Owned(owned.token().revoked(), owned.project())
            : owned);
  }

  /** Somebody else moves an IP, at once. */
  public synchronized void move(String project, long ip, @Nullable Long server) {
    settled(project).point(ip, server);
  }

  /** Leaves a project only so many calls. */
  public synchronized void drainBudget(String project, int left) {
    settled(project).bucket().drainTo(left);
  }

  public synchronized void change(String project, ServerChange change) {
    var at = settled(project);
    at.set(at.inventory().with(change.of(at.server(change.id()))));
  }

  /** As the API would tell it now. */
  public synchronized FakeFloatingIp floatingIp(String project, long ip) {
    return settled(project).ip(ip);
  }

  /** Whether somebody who connects to this IP is answered. */
  public synchronized boolean reachable(String project, long ip) {
    return settled(project).reachable(ip);
  }

  private Project settled(String name) {
    var project = projects.get(name);
    if (project == null) {
      throw new ApiError(404, "not_found", "there is no project '" + name + "'");
    }
    project.settle(clock.instant());
    return project;
  }

  synchronized ApiReply handle(ApiRequest request) {
    var now = clock.instant();
    var owned = owner(request.token());
    var project = owned.map(Owned::project).orElse(strangers);
    project.settle(now);
    var reply = answered(request, owned, project, now);
    record(request, owned, reply, now);
    var bucket = project.bucket();
    return reply.with(
        Map.of(
            "RateLimit-Limit", String.valueOf(bucket.size()),
            "RateLimit-Remaining", String.valueOf(bucket.remaining(now)),
            "RateLimit-Reset", String.valueOf(bucket.fullAt(now).getEpochSecond()),
            "X-Correlation-Id", new UUID(random.nextLong(), random.nextLong()).toString()));
  }

  /**
   * What the metadata service says.
   *
   * @param source address that asks
   * @return empty when it is no server's, or there is nothing at that path
   */
  synchronized Optional<String> metadata(InetAddress source, String path) {
    return projects.values().stream()
        .flatMap(project -> project.inventory().servers().values().stream())
        .filter(server -> server.owns(source))
        .findFirst()
        .flatMap(server -> Metadata.of(server, path));
  }

  private Optional<Owned> owner(@Nullable String token) {
    return tokens.stream().filter(owned -> owned.token().value().equals(token)).findFirst();
  }

  private ApiReply answered(
      ApiRequest request, Optional<Owned> owned, Project project, Instant now) {
    try {
      if (!project.bucket().take(now)) {
        throw new ApiError(
            429,
            "rate_limit_exceeded",
            "limit of %d requests per hour reached".formatted(project.bucket().size()));
      }
      authorize(request, owned);
      var fault = faults.next(request.method(), request.path()).orElse(null);
      return new FaultyRoute(project, random).answer(request, fault);
    } catch (ApiError e) {
      return e.reply();
    }
  }

  private static void authorize(ApiRequest request, Optional<Owned> owned) {
    switch (owned.map(o -> o.token().scope()).orElse(ProjectToken.Scope.Revoked)) {
      case Revoked -> throw new ApiError(401, "unauthorized", "unable to authenticate");
      case ReadOnly -> {
        if (request.write()) {
          throw new ApiError(403, "token_readonly", "the token may only read");
        }
      }
      case ReadWrite -> {}
    }
  }

  private void record(ApiRequest request, Optional<Owned> owned, ApiReply reply, Instant now) {
    if (journal.size() >= MAX_JOURNAL) {
      journal.removeFirst();
    }
    var error = reply.body() == null ? null : reply.body().path("error").path("code").textValue();
    journal.addLast(
        new JournalEntry(
            now,
            owned.map(o -> o.token().name()).orElse(null),
            request.method(),
            request.path(),
            request.query().toString(),
            request.body() == null || request.body().isEmpty() ? null : request.body().toString(),
            reply.delivery() == Delivery.Dropped ? 0 : reply.status(),
            error));
  }

  /** Names of all projects, in the seed's order. */
  public synchronized List<String> projects() {
    return List.copyOf(projects.keySet());
  }

  /** How long an action takes here. */
  public Duration actionDelay() {
    return strangers.settings().actionDelay();
  }
}
