package dev.holdfast.operator.status;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement.State;
import dev.holdfast.operator.resource.Annotations;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Agreed and DataLost: do the pods that shall decide together do so? */
final class AgreementVerdicts {

  private AgreementVerdicts() {}

  /** Empty while no pod answers that is to stay. */
  static Optional<Verdict> agreed(Facts facts, @Nullable String clusterId) {
    var words = facts.words();
    if (words.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        dataLost(facts, clusterId)
            .map(lost -> Verdict.no("DataLost", lost.message()))
            .orElseGet(() -> agreed(words)));
  }

  /** Empty unless it is so. */
  static Optional<Verdict> dataLost(Facts facts, @Nullable String clusterId) {
    var words = facts.words();
    var lost =
        clusterId != null
            && words.size() >= facts.wantedPods()
            && words.stream().allMatch(AgreementVerdicts::isEmpty);
    return lost
        ? Optional.of(
            Verdict.yes(
                "AllReplicasEmpty",
                "no pod takes part in group %s (%s); if its data is lost for good, annotate the"
                        .formatted(clusterId, text(words.stream().limit(1)))
                    + " resource with %s=%s: all pods are made anew, with empty disks, and epochs"
                        .formatted(Annotations.REBOOTSTRAP, clusterId)
                    + " go on above the one here"))
        : Optional.empty();
  }

  private static Verdict agreed(List<DataPlaneStatus> words) {
    var agreed = words.stream().filter(word -> is(word, State.Agreed)).toList();
    if (agreed.isEmpty()) {
      return Verdict.no("NoMajority", text(words.stream()));
    }
    var group = agreement(agreed.getFirst());
    var others =
        words.stream()
            .filter(word -> !isJoining(word))
            .filter(word ->
                !is(word, State.Agreed) || !Objects.equals(agreement(word).group(), group.group()))
            .toList();
    if (!others.isEmpty()) {
      return Verdict.no("Disagreement", text(others.stream()));
    }
    var leader = Objects.requireNonNullElse(group.leader(), "nobody yet");
    return Verdict.yes(
        "Agreed", "%s leads %s".formatted(leader, String.join(", ", group.members())));
  }

  private static boolean isEmpty(DataPlaneStatus word) {
    return is(word, State.Failed) && agreement(word).group() == null;
  }

  /** Its configuration, or its group, is still on the way. */
  private static boolean isJoining(DataPlaneStatus word) {
    return word.agreement() == null || is(word, State.Joining);
  }

  private static boolean is(DataPlaneStatus word, State state) {
    return word.agreement() != null && word.agreement().state() == state;
  }

  private static DataPlaneStatus.Agreement agreement(DataPlaneStatus word) {
    return Objects.requireNonNull(word.agreement());
  }

  private static String text(Stream<DataPlaneStatus> words) {
    return words.map(AgreementVerdicts::text).collect(Collectors.joining("; "));
  }

  private static String text(DataPlaneStatus word) {
    var agreement = word.agreement();
    if (agreement == null) {
      return word.instance() + ": has no configuration by which it agrees";
    }
    var message = agreement.message() == null ? "" : ", " + agreement.message();
    var group = agreement.state() == State.Agreed ? " in group " + agreement.group() : "";
    return "%s: %s%s%s".formatted(word.instance(), agreement.state(), group, message);
  }
}
