package dev.holdfast.floatingip.fake;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** Something that goes wrong with a request. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Fault.Answer.class, name = "Answer"),
  @JsonSubTypes.Type(value = Fault.Delay.class, name = "Delay"),
  @JsonSubTypes.Type(value = Fault.DropBefore.class, name = "DropBefore"),
  @JsonSubTypes.Type(value = Fault.DropAfter.class, name = "DropAfter"),
  @JsonSubTypes.Type(value = Fault.ActionFails.class, name = "ActionFails"),
  @JsonSubTypes.Type(value = Fault.ActionNeverEnds.class, name = "ActionNeverEnds"),
  @JsonSubTypes.Type(value = Fault.ActionWithoutEffect.class, name = "ActionWithoutEffect"),
  @JsonSubTypes.Type(value = Fault.StaleRead.class, name = "StaleRead"),
  @JsonSubTypes.Type(value = Fault.ReorderedPages.class, name = "ReorderedPages"),
  @JsonSubTypes.Type(value = Fault.TruncatedJson.class, name = "TruncatedJson"),
  @JsonSubTypes.Type(value = Fault.ForeignMove.class, name = "ForeignMove")
})
public sealed interface Fault {

  /**
   * This answer, and the request has no effect.
   *
   * @param code null for an answer without a body, as a gateway gives it
   */
  record Answer(int status, @Nullable String code, @Nullable String message) implements Fault {}

  /** The request has its effect at once; its answer comes late. */
  record Delay(long millis) implements Fault {}

  /** The connection ends, and the request has no effect. */
  record DropBefore() implements Fault {}

  /** The request has its effect, and the connection ends without an answer. */
  record DropAfter() implements Fault {}

  record ActionFails(String code, String message) implements Fault {}

  record ActionNeverEnds() implements Fault {}

  /** The action succeeds, and the IP stays where it was. */
  record ActionWithoutEffect() implements Fault {}

  /** The answer shows what was so long ago. */
  record StaleRead(long millis) implements Fault {}

  record ReorderedPages() implements Fault {}

  record TruncatedJson() implements Fault {}

  /**
   * Somebody else moves the IP of the request's path just before the request.
   *
   * @param server null to unassign it
   */
  record ForeignMove(@Nullable Long server) implements Fault {}
}
