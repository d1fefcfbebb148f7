package dev.holdfast.cli.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.floatingip.plan.Plan;
import java.util.List;

/**
 * A plan as it is printed.
 *
 * @param actions by the floating IP's id as number
 */
public record PlanDocument(List<Action> actions, List<Left> untouched) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * @param reason one word, as in status and events
   * @param message the reason for people
   */
  public record Action(long floatingIp, long server, String reason, String message) {}

  public record Left(long floatingIp, String reason, String message) {}

  public static PlanDocument of(Plan plan) {
    return new PlanDocument(
        plan.steps().stream()
            .map(step ->
                new Action(
                    step.floatingIp().id(),
                    step.to().id(),
                    step.reason().name(),
                    step.reason().sentence()))
            .toList(),
        plan.untouched().stream()
            .map(kept ->
                new Left(kept.floatingIp().id(), kept.reason().name(), kept.reason().sentence()))
            .toList());
  }

  /** JSON in one line. */
  public String line() throws JsonProcessingException {
    return MAPPER.writeValueAsString(this);
  }
}
