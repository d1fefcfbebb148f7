package dev.holdfast.floatingip.fake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.floatingip.fake.FakeSettings.StrictAssign;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link Seed} as people write it; what is left out has its default. */
public record StateFile(@Nullable List<ProjectSeed> projects, @Nullable Settings settings) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** {@link FakeSettings}, its times in milliseconds. */
  public record Settings(
      @Nullable Long actionDelayMillis,
      @Nullable Long routeDelayMillis,
      @Nullable Integer callsPerHour,
      @Nullable StrictAssign strictAssign,
      @Nullable Boolean legacyDatacenter,
      @Nullable Boolean clampPerPage,
      @Nullable Long seed) {

    FakeSettings over(FakeSettings usual) {
      return new FakeSettings(
          actionDelayMillis == null ? usual.actionDelay() : Duration.ofMillis(actionDelayMillis),
          routeDelayMillis == null ? usual.routeDelay() : Duration.ofMillis(routeDelayMillis),
          callsPerHour == null ? usual.callsPerHour() : callsPerHour,
          strictAssign == null ? usual.strictAssign() : strictAssign,
          legacyDatacenter == null ? usual.legacyDatacenter() : legacyDatacenter,
          clampPerPage == null ? usual.clampPerPage() : clampPerPage,
          seed == null ? usual.seed() : seed);
    }
  }

  /**
   * @throws IllegalArgumentException when it is not a state document, and says why
   */
  public static Seed read(JsonNode document) {
    try {
      var file = JSON.treeToValue(document, StateFile.class);
      if (file == null || file.projects() == null) {
        throw new IllegalArgumentException("expected 'projects', found none");
      }
      var usual = FakeSettings.defaults();
      return new Seed(
          file.projects(), file.settings() == null ? usual : file.settings().over(usual));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a state document: " + e.getOriginalMessage(), e);
    }
  }
}
