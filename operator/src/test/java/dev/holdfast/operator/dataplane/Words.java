package dev.holdfast.operator.dataplane;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement.State;
import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.ConnectionCounts;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.LastFailover;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.Primary;
import dev.holdfast.api.dataplane.DataPlaneStatus.Reason;
import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import dev.holdfast.api.dataplane.StatusJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What pods of {@code db/postgres} say. */
public final class Words {

  public static final Instant THEN = Instant.parse("2026-03-01T10:00:00Z");

  private Words() {}

  public static DataPlaneStatus serving(String instance, String primary, long epoch) {
    return serving(instance, primary, epoch, THEN);
  }

  public static DataPlaneStatus serving(
      String instance, String primary, long epoch, Instant since) {
    return word(
        instance,
        new Primary(primary, "192.0.2.1:5432", epoch, since, Reason.Initial),
        null,
        List.of(backend("pg-0", Health.Healthy, null), backend("pg-1", Health.Healthy, null)),
        null);
  }

  public static DataPlaneStatus failedOver(String instance) {
    return word(
        instance,
        new Primary("pg-1", "192.0.2.2:5432", 2, THEN, Reason.ConnectRefused),
        new LastFailover(
            "pg-0", "pg-1", THEN, Duration.ofMillis(412), Reason.ConnectRefused, List.of()),
        List.of(
            backend("pg-0", Health.Unhealthy, "connect refused"),
            backend("pg-1", Health.Healthy, null)),
        null);
  }

  public static DataPlaneStatus withoutPrimary(String instance) {
    return word(
        instance,
        null,
        null,
        List.of(
            backend("pg-0", Health.Unhealthy, "connect refused"),
            backend("pg-1", Health.Unhealthy, "connect timed out")),
        null);
  }

  public static DataPlaneStatus refusing(String instance) {
    var serving = serving(instance, "pg-0", 1);
    return word(
        instance,
        serving.primary(),
        null,
        serving.backends(),
        new RefusedConfig(3, List.of("spec.backends[0].host: not a host")));
  }

  public static DataPlaneStatus refusingAtFirst(String instance) {
    return new DataPlaneStatus(
        "FailoverProxy",
        "db",
        "postgres",
        instance,
        0,
        new Listener("::", 5432, Listener.State.Closed, null),
        null,
        List.of(),
        null,
        new ConnectionCounts(0, 0, 0, 0, 0),
        new RefusedConfig(3, List.of("spec.peers: not built yet")));
  }

  /**
   * Of a pod that decides together with others.
   *
   * @param group null for a pod that has none
   * @param members numbers of the pods that decide
   */
  public static Agreement agreement(State state, @Nullable String group, int... members) {
    return new Agreement(
        state,
        group,
        state == State.Agreed ? "postgres-fop-0" : null,
        IntStream.of(members).mapToObj(number -> "postgres-fop-" + number).toList(),
        group == null ? 0 : 9,
        state == State.Agreed ? null : "as the test says");
  }

  public static DataPlaneStatus saying(
      int pod, long generation, @Nullable Agreement agreement, @Nullable Primary primary) {
    return new DataPlaneStatus(
        "FailoverProxy",
        "db",
        "postgres",
        "postgres-fop-" + pod,
        generation,
        new Listener("::", 5432, Listener.State.Open, null),
        primary,
        List.of(backend("pg-0", Health.Healthy, null)),
        null,
        new ConnectionCounts(0, 0, 0, 0, 0),
        null,
        agreement);
  }

  public static DataPlaneStatus withListener(DataPlaneStatus word, Listener listener) {
    return new DataPlaneStatus(
        word.kind(),
        word.namespace(),
        word.name(),
        word.instance(),
        word.generation(),
        listener,
        word.primary(),
        word.backends(),
        word.lastFailover(),
        word.connections(),
        word.refused());
  }

  public static String json(DataPlaneStatus word) {
    try {
      return StatusJson.mapper().writeValueAsString(word);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DataPlaneStatus word(
      String instance,
      @Nullable Primary primary,
      @Nullable LastFailover lastFailover,
      List<BackendStatus> backends,
      @Nullable RefusedConfig refused) {
    return new DataPlaneStatus(
        "FailoverProxy",
        "db",
        "postgres",
        instance,
        2,
        new Listener("::", 5432, Listener.State.Open, null),
        primary,
        backends,
        lastFailover,
        new ConnectionCounts(0, 0, 0, 0, 0),
        refused);
  }

  private static BackendStatus backend(String name, Health health, @Nullable String reason) {
    return new BackendStatus(name, name + ".db:5432", health, "Active", reason, THEN, 0);
  }
}
