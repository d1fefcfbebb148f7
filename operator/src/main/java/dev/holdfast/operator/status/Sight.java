package dev.holdfast.operator.status;

import dev.holdfast.api.dataplane.DataPlaneReport;
import dev.holdfast.operator.dataplane.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all pods together say.
 *
 * @param <W> what one of them says
 */
public sealed interface Sight<W extends DataPlaneReport> {

  /**
   * Pods answer.
   *
   * @param lead the word of the ready pod with the lowest number; without agreement it speaks for
   *     all
   * @param all the word of every ready pod that answers, or of every pod when none is ready
   */
  record Clear<W extends DataPlaneReport>(W lead, List<W> all) implements Sight<W> {}

  /** No pod answers, but not for long: what was known last still counts. */
  record Blink<W extends DataPlaneReport>(Instant until) implements Sight<W> {}

  /**
   * No pod answers.
   *
   * @param since null when there has been none to answer
   */
  record Blind<W extends DataPlaneReport>(@Nullable Instant since) implements Sight<W> {}

  /** After its start the operator needs this long to connect to pods that are well. */
  Duration FIRST_CONTACT = Duration.ofSeconds(10);

  /** A stream that breaks and is opened anew is no news. */
  Duration RECONNECT = Duration.ofSeconds(3);

  static <W extends DataPlaneReport> Sight<W> of(List<PodFact<W>> pods, Instant now) {
    var answering =
        pods.stream()
            .filter(pod -> pod.view() != null && pod.view().isLive())
            .sorted(
                Comparator.<PodFact<W>, Boolean>comparing(PodFact::ready)
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
    return new Clear<>(words.getFirst(), words);
  }

  private static <W extends DataPlaneReport> Sight<W> withoutAnswer(
      List<PodFact<W>> pods, Instant now) {
    var links =
        pods.stream().map(PodFact::view).filter(Objects::nonNull).map(PodView::link).toList();
    var patience =
        links.stream().map(Sight::patientUntil).max(Comparator.naturalOrder()).orElse(Instant.MIN);
    if (now.isBefore(patience)) {
      return new Blink<>(patience);
    }
    return new Blind<>(
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
