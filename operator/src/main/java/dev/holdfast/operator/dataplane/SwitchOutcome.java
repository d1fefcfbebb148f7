package dev.holdfast.operator.dataplane;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of a wish for another primary.
 *
 * @param at when that was known; tells it from another of the same words
 * @param message for people
 */
public record SwitchOutcome(SwitchRequest request, Instant at, boolean accepted, String message) {

  /**
   * What the pods' answers mean together; a pod that has not answered for good counts as a refusal.
   *
   * @param answers by pod
   */
  static SwitchOutcome of(SwitchRequest request, Instant at, Map<String, SwitchAnswer> answers) {
    if (answers.isEmpty()) {
      return new SwitchOutcome(request, at, false, "no pod answered");
    }
    var accepted = new TreeMap<String, String>();
    var refused = new TreeMap<String, String>();
    answers.forEach((pod, answer) -> {
      switch (answer) {
        case SwitchAnswer.Accepted(var message) -> accepted.put(pod, message);
        case SwitchAnswer.Refused(var message) -> refused.put(pod, message);
        case SwitchAnswer.Pending(var why) -> refused.put(pod, "no answer: " + why);
      }
    });
    if (refused.isEmpty()) {
      return new SwitchOutcome(request, at, true, text(accepted));
    }
    var message =
        accepted.isEmpty()
            ? text(refused)
            : text(refused) + "; accepted by " + String.join(", ", accepted.keySet());
    return new SwitchOutcome(request, at, false, message);
  }

  /** Names pods only where they differ. */
  private static String text(Map<String, String> messages) {
    var distinct = List.copyOf(messages.values()).stream().distinct().toList();
    return distinct.size() == 1
        ? distinct.getFirst()
        : messages.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining("; "));
  }
}
