package dev.holdfast.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What is said of a question that only pods could answer, while none does. */
final class Unanswered {

  static final String REASON = "NoAnswer";

  private Unanswered() {}

  static Verdict verdict(Facts<?, ?> facts, Sight.Blind<?> blind) {
    return since(facts, blind)
        .map(since -> Verdict.unknown(REASON, "no pod has answered since " + since))
        .orElseGet(() -> Verdict.unknown(REASON, "no pod has answered yet"));
  }

  /** When it is unknown already, it is so since then, whatever a restarted operator believes. */
  private static Optional<String> since(Facts<?, ?> facts, Sight.Blind<?> blind) {
    return facts.workload().recorded().conditions().stream()
        .filter(condition -> condition.getStatus().equals(Verdict.Answer.Unknown.name()))
        .filter(condition -> condition.getReason().equals(REASON))
        .map(Condition::getMessage)
        .flatMap(message -> timeIn(message).stream())
        .findFirst()
        .or(() -> Optional.ofNullable(blind.since()).map(Unanswered::seconds));
  }

  private static Optional<String> timeIn(String message) {
    var words = " since ";
    var at = message.indexOf(words);
    return at < 0 ? Optional.empty() : Optional.of(message.substring(at + words.length()));
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
