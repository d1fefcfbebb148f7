package dev.holdfast.floatingip.notify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Messages that wait for one target. When it is full, the oldest one makes room. */
final class MessageQueue {

  /**
   * Messages in the order in which they came.
   *
   * @param dropped messages before them that had to make room
   */
  record Batch(List<Message> messages, long dropped) {}

  private final int capacity;
  private final Deque<Message> waiting = new ArrayDeque<>();
  private long dropped;

  MessageQueue(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Never blocks.
   *
   * @return whether there was room without dropping one
   */
  synchronized boolean add(Message message) {
    var full = waiting.size() == capacity;
    if (full) {
      waiting.removeFirst();
      dropped++;
    }
    waiting.addLast(message);
    notifyAll();
    return !full;
  }

  /**
   * Blocks until there is a message.
   *
   * @return false when there is none and no more are to be waited for
   */
  synchronized boolean await(BooleanSupplier over) throws InterruptedException {
    while (waiting.isEmpty()) {
      if (over.getAsBoolean()) {
        return false;
      }
      wait();
    }
    return true;
  }

  /** Lets whoever waits look again whether it is over. */
  synchronized void wake() {
    notifyAll();
  }

  synchronized int size() {
    return waiting.size();
  }

  /** What has come, without waiting for more. */
  synchronized Batch take(int largest) {
    var messages = new ArrayList<Message>();
    while (messages.size() < largest && !waiting.isEmpty()) {
      messages.add(waiting.removeFirst());
    }
    var batch = new Batch(List.copyOf(messages), dropped);
    dropped = 0;
    return batch;
  }
}
