package dev.holdfast.dataplane.config;

import dev.holdfast.manifest.Manifest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the operator has written down of the group that decides.
 *
 * @param id null when none is known
 * @param givenUp the group that somebody gives up for lost; null for none
 * @param epoch the highest that was given out; 0 when none is known
 */
public record RecordedGroup(@Nullable UUID id, @Nullable UUID givenUp, long epoch) {
  private static final String GIVEN_UP = "holdfast.dev/rebootstrap";

  /**
   * @throws IllegalArgumentException when what is written is no id
   */
  static RecordedGroup of(Manifest manifest) {
    var status = manifest.tree().path("status");
    var annotations = manifest.tree().path("metadata").path("annotations");
    return new RecordedGroup(
        id("status.clusterId", status.path("clusterId").asText("")),
        id("annotation " + GIVEN_UP, annotations.path(GIVEN_UP).asText("")),
        status.path("epoch").asLong(0));
  }

  private static @Nullable UUID id(String where, String text) {
    try {
      return text.isEmpty() ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected the id of a group in %s, found \"%s\"".formatted(where, text), e);
    }
  }
}
