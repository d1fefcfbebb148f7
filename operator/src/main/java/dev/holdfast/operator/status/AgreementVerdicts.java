package dev.holdfast.operator.status;

import dev.holdfast.api.dataplane.DataPlaneReport;
import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement.State;
import dev.holdfast.operator.resource.Annotations;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Agreed, QuorumHealthy, TableReplicated and DataLost: do the pods that shall decide together do
 * so?
 */
final class AgreementVerdicts {

  private AgreementVerdicts() {}

  /** Empty while no pod answers that is to stay. */
  static Optional<Verdict> agreed(Facts<?, ?> facts) {
    return lacking(facts)
        .or(() -> agreeing(facts.words()).map(word -> agreed(facts.words(), agreement(word))));
  }

  /** QuorumHealthy: are there enough that do? Empty while no pod answers that is to stay. */
  static Optional<Verdict> quorum(Facts<?, ?> facts) {
    return lacking(facts)
        .or(() -> agreeing(facts.words()).map(word -> leads("Quorum", agreement(word))));
  }

  /** TableReplicated: do all of them? Empty while no pod answers that is to stay. */
  static Optional<Verdict> inSync(Facts<?, ?> facts) {
    return lacking(facts)
        .or(() -> {
          var words = facts.words();
          var behind = words.stream().filter(word -> !is(word, State.Agreed)).toList();
          if (!behind.isEmpty()) {
            return Optional.of(Verdict.no("OutOfSync", text(behind.stream())));
          }
          return words.size() < facts.wantedPods()
              ? agreeing(words).map(_ -> replicasMissing(facts))
              : agreeing(words).map(word -> leads("InSync", agreement(word)));
        });
  }

  private static Verdict replicasMissing(Facts<?, ?> facts) {
    return Verdict.no(
        "ReplicasMissing",
        "%d of %d replicas answer".formatted(facts.words().size(), facts.wantedPods()));
  }

  /** Why they cannot decide; empty when a majority does, or nobody answers. */
  private static Optional<Verdict> lacking(Facts<?, ?> facts) {
    var words = facts.words();
    return words.isEmpty()
        ? Optional.empty()
        : dataLost(facts)
            .map(lost -> Verdict.no("DataLost", lost.message()))
            .or(() ->
                agreeing(words).isPresent()
                    ? Optional.empty()
                    : Optional.of(Verdict.no("NoMajority", text(words.stream()))));
  }

  private static Optional<? extends DataPlaneReport> agreeing(
      List<? extends DataPlaneReport> words) {
    return words.stream().filter(word -> is(word, State.Agreed)).findFirst();
  }

  private static Verdict leads(String reason, DataPlaneStatus.Agreement group) {
    var leader = Objects.requireNonNullElse(group.leader(), "nobody yet");
    return Verdict.yes(reason, "%s leads %s".formatted(leader, String.join(", ", group.members())));
  }

  /** Empty unless it is so. */
  static Optional<Verdict> dataLost(Facts<?, ?> facts) {
    var recorded = facts.workload().recorded();
    var clusterId = recorded.clusterId();
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
                    + " resource with %s=%s: all pods are made anew, with empty disks"
                        .formatted(Annotations.REBOOTSTRAP, clusterId)
                    + (recorded.epoch() == null ? "" : ", and epochs go on above the one here")))
        : Optional.empty();
  }

  private static Verdict agreed(
      List<? extends DataPlaneReport> words, DataPlaneStatus.Agreement group) {
    var others =
        words.stream()
            .filter(word -> !isJoining(word))
            .filter(word ->
                !is(word, State.Agreed) || !Objects.equals(agreement(word).group(), group.group()))
            .toList();
    if (!others.isEmpty()) {
      return Verdict.no("Disagreement", text(others.stream()));
    }
    return leads("Agreed", group);
  }

  private static boolean isEmpty(DataPlaneReport word) {
    return is(word, State.Failed) && agreement(word).group() == null;
  }

  /** Its configuration, or its group, is still on the way. */
  private static boolean isJoining(DataPlaneReport word) {
    return word.agreement() == null || is(word, State.Joining);
  }

  private static boolean is(DataPlaneReport word, State state) {
    return word.agreement() != null && word.agreement().state() == state;
  }

  private static DataPlaneStatus.Agreement agreement(DataPlaneReport word) {
    return Objects.requireNonNull(word.agreement());
  }

  private static String text(Stream<? extends DataPlaneReport> words) {
    return words.map(AgreementVerdicts::text).collect(Collectors.joining("; "));
  }

  private static String text(DataPlaneReport word) {
    var agreement = word.agreement();
    if (agreement == null) {
      return word.instance() + ": has no configuration by which it agrees";
    }
    var message = agreement.message() == null ? "" : ", " + agreement.message();
    var group = agreement.state() == State.Agreed ? " in group " + agreement.group() : "";
    return "%s: %s%s%s".formatted(word.instance(), agreement.state(), group, message);
  }
}
