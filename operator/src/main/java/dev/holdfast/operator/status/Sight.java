package dev.holdfast.operator.status;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.operator.dataplane.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What all pods together say. */
public sealed interface Sight {

  /**
   * Pods answer.
   *
   * @param lead the word of the ready pod with the lowest number; without agreement it speaks for
   *     all
   * @param all the word of every ready pod that answers, or of every pod when none is ready
   */
  record Clear(DataPlaneStatus lead, List<DataPlaneStatus> all) implements Sight {}

  /** No pod answers, but not for long: what was known last still counts. */
  record Blink(Instant until) implements Sight {}

  /**
   * No pod answers.
   *
   * @param since null when there has been none to answer
   */
  record Blind(@Nullable Instant since) implements Sight {}

  /** After its start the operator needs this long to connect to pods that are well. */
  Duration FIRST_CONTACT = Duration.ofSeconds(10);

  /** A stream that breaks and is opened anew is no news. */
  Duration RECONNECT = Duration.ofSeconds(3);

  static Sight of(List<PodFact> pods, Instant now) {
    var answering =
        pods.stream()
            .filter(pod -> pod.view() != null && pod.view().isLive())
            .sorted(
                Comparator.comparing(PodFact::ready)
                    .reversed()
                    .thenComparing(PodFact::leaving)
                    .thenComparingInt(PodFact::ordinal))
            .toList();
    if (answering.isEmpty()) {
      return withoutAnswer(pods, now);
    }
    var ready = answering.getFirst().ready();
    var words =
        answering.stream()
            .filter(pod -> pod.ready() == ready)
            .map(PodFact::view)
            .filter(Objects::nonNull)
            .map(PodView::status)
            .filter(Objects::nonNull)
            .toList();
    return new Clear(words.getFirst(), words);
  }

  private static Sight withoutAnswer(List<PodFact> pods, Instant now) {
    var links =
        pods.stream().map(PodFact::view).filter(Objects::nonNull).map(PodView::link).toList();
    var patience =
        links.stream().map(Sight::patientUntil).max(Comparator.naturalOrder()).orElse(Instant.MIN);
    if (now.isBefore(patience)) {
      return new Blink(patience);
    }
    return new Blind(
        links.stream().map(PodView.Link::since).max(Comparator.naturalOrder()).orElse(null));
  }

  private static Instant patientUntil(PodView.Link link) {
    return switch (link) {
      case PodView.Link.Connecting connecting -> connecting.since().plus(FIRST_CONTACT);
      case PodView.Link.Lost lost -> lost.since().plus(RECONNECT);
      case PodView.Link.Live live -> Instant.MIN;
    };
  }
}
