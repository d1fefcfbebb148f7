package dev.holdfast.floatingip.notify;

import dev.holdfast.floatingip.hetzner.Pacer;
import dev.holdfast.floatingip.notify.Delivery.Outcome;
import dev.holdfast.floatingip.web.WebTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one target, on a thread of its own: whoever has a message hands it over and goes on. What
 * cannot be delivered is logged and let go.
 */
public final class Notifier implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Notifier.class);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final String group;
  private final Target target;
  private final DeliveryPolicy policy;
  private final Pacer pacer;
  private final Delivery delivery;
  private final MessageQueue queue;
  private final Thread thread;
  private volatile boolean closing;

  /**
   * @param group what logs call whose messages they are
   */
  public Notifier(
      String group, Target target, DeliveryPolicy policy, WebTransport transport, Pacer pacer) {
    this.group = group;
    this.target = target;
    this.policy = policy;
    this.pacer = pacer;
    delivery =
        new Delivery(
            target, policy, transport, pacer, () -> ThreadLocalRandom.current().nextDouble());
    queue = new MessageQueue(policy.capacity());
    thread = Thread.ofVirtual().name("notify-" + group).unstarted(this::run);
  }

  public Notifier start() {
    thread.start();
    return this;
  }

  /** Hands a message over; never blocks. Any thread. */
  public void tell(Message message) {
    if (!queue.add(message)) {
      log.warn("{}: {} is too slow: a message that waited for it was dropped", group, target);
    }
  }

  /** Messages that wait. */
  public int waiting() {
    return queue.size();
  }

  /** Gives what waits a few seconds, and then lets it go. Blocks that long. */
  @Override
  public void close() {
    closing = true;
    queue.wake();
    try {
      if (thread.isAlive() && !thread.join(LAST_WORDS)) {
        thread.interrupt();
        log.warn("{}: {} was not told all, at the end", group, target);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (queue.await(() -> closing)) {
        if (!closing) {
          pacer.pause(policy.gather());
        }
        deliver(queue.take(policy.largestBatch()));
      }
    } catch (InterruptedException e) {
      log.debug("{}: {} is not told any more", group, target);
    }
  }

  private void deliver(MessageQueue.Batch batch) throws InterruptedException {
    switch (delivery.send(Payload.of(target, told(batch)))) {
      case Outcome.Delivered() ->
          log.debug("{}: {} was told {} messages", group, target, batch.messages().size());
      case Outcome.GivenUp(var reason, var attempts) ->
          log.warn(
              "{}: {} could not be told {} messages, after {} attempts: {}",
              group,
              target,
              batch.messages().size(),
              attempts,
              reason);
    }
  }

  private List<Message> told(MessageQueue.Batch batch) {
    var messages = new ArrayList<>(batch.messages());
    if (batch.dropped() > 0) {
      messages.addFirst(
          new Message(
              group,
              "Messages before these were dropped: " + batch.dropped(),
              List.of("They came faster than they could be delivered."),
              List.of()));
    }
    return messages;
  }
}
