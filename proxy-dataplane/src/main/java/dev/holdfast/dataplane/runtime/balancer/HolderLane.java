package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.admin.http.Unavailable;
import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.stick.TableCommand;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Ask;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Hear;
import dev.holdfast.dataplane.sticky.StickCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this process tells the table of its connections, and what people ask of it here: one command
 * after the other, each proposed again until it has had effect. Confined to the decision loop.
 */
final class HolderLane {
  private static final int WAITING = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private record Asked(
      StickCommand.Wish wish, Instant deadline, CompletableFuture<Boolean> answer) {}

  private record Said(long serial, TableCommand command, Instant proposedAt) {}

  private final Incarnation self;
  private final Duration again;
  private final Consumer<TableCommand> propose;
  private final Supplier<StickCommand.@Nullable Activity> activity;
  private final ArrayDeque<Asked> asked = new ArrayDeque<>();
  private @Nullable Said said;
  private @Nullable Asked answering;
  private long serial;

  /**
   * @param again when what has had no effect is proposed again
   * @param activity of connections since it was asked last, if it fits a command; null for none
   */
  HolderLane(
      Incarnation self,
      Duration again,
      Consumer<TableCommand> propose,
      Supplier<StickCommand.@Nullable Activity> activity) {
    this.self = self;
    this.again = again;
    this.propose = propose;
    this.activity = activity;
  }

  /**
   * @return whether it changed anything; an error when that is not known in some seconds
   */
  CompletionStage<Boolean> ask(StickCommand.Wish wish, Instant now) {
    var answer = new CompletableFuture<Boolean>();
    if (asked.size() == WAITING) {
      answer.completeExceptionally(
          new Unavailable(WAITING + " wishes wait for the other replicas; ask again later"));
    } else {
      asked.add(new Asked(wish, now.plus(PATIENCE), answer));
      goOn(now);
    }
    return answer;
  }

  /** Says the next, or the same again if that is due. Called from time to time. */
  void goOn(Instant now) {
    expire(now);
    if (said == null) {
      var next = next();
      if (next != null) {
        said = new Said(serial, next, now);
        propose.accept(next);
      }
    } else if (!now.isBefore(said.proposedAt.plus(again))) {
      said = new Said(said.serial, said.command, now);
      propose.accept(said.command);
    }
  }

  private @Nullable TableCommand next() {
    var first = asked.poll();
    if (first != null) {
      answering = first;
      serial++;
      return new Ask(self, serial, first.wish);
    }
    var heard = activity.get();
    if (heard == null) {
      return null;
    }
    serial++;
    return new Hear(self, serial, heard.opened(), heard.closed(), heard.touched());
  }

  /** What was asked may still be done, later. */
  private void expire(Instant now) {
    asked.removeIf(one -> isLate(one, now));
    if (answering != null && isLate(answering, now)) {
      answering = null;
    }
  }

  private static boolean isLate(Asked one, Instant now) {
    var late = !now.isBefore(one.deadline);
    if (late) {
      one.answer.completeExceptionally(
          new Unavailable(
              "no majority of the replicas has answered for %d s; it may be done yet"
                  .formatted(PATIENCE.toSeconds())));
    }
    return late;
  }

  /** The serial that is to have effect; 0 for none. */
  long awaited() {
    return said == null ? 0 : said.serial;
  }

  /**
   * What was awaited has had effect.
   *
   * @param changed whether it changed anything
   */
  void heard(boolean changed, Instant now) {
    said = null;
    if (answering != null) {
      answering.answer.complete(changed);
      answering = null;
    }
    goOn(now);
  }

  void close() {
    var why = new Unavailable("this replica takes part no more; ask another one");
    if (answering != null) {
      answering.answer.completeExceptionally(why);
    }
    asked.forEach(one -> one.answer.completeExceptionally(why));
    asked.clear();
  }
}
