package dev.holdfast.dataplane.agreement.peer;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The questions to one peer that have no answer yet. Without a connection they wait for one, and
 * those that a lost connection took along fail: whether they were heard is not known. All but
 * {@link #ask} runs on the loop.
 */
final class Questions {
  private static final class Waiting {
    final PeerNetwork.Subject subject;
    final byte[] content;
    final Duration within;
    final CompletableFuture<byte[]> answer = new CompletableFuture<>();
    @Nullable Future<?> deadline;
    long id;

    Waiting(PeerNetwork.Subject subject, byte[] content, Duration within) {
      this.subject = subject;
      this.content = content;
      this.within = within;
    }
  }

  private final String peer;
  private final PeerLimits limits;
  private final EventLoop loop;
  private final Batch<Waiting> asked;
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final ArrayDeque<Waiting> unsent = new ArrayDeque<>();
  private final Map<Long, Waiting> sent = new HashMap<>();
  private @Nullable Channel channel;
  private String problem = "not connected yet";
  private long lastId;
  private boolean closed;

  Questions(String peer, PeerLimits limits, EventLoop loop) {
    this.peer = peer;
    this.limits = limits;
    this.loop = loop;
    this.asked = new Batch<>(loop, this::accept, this::send);
  }

  CompletionStage<byte[]> ask(PeerNetwork.Subject subject, byte[] content, Duration within) {
    if (content.length > PeerNetwork.MAX_BYTES) {
      return CompletableFuture.failedStage(
          new IllegalArgumentException(
              "expected a question of at most %d bytes, found %d"
                  .formatted(PeerNetwork.MAX_BYTES, content.length)));
    }
    var question = new Waiting(subject, content, within);
    var number = count.incrementAndGet();
    var size = bytes.addAndGet(content.length);
    if (number > limits.waiting() || size > limits.waitingBytes()) {
      release(question);
      return CompletableFuture.failedStage(
          new RejectedExecutionException(
              "%d questions with %d bytes wait for %s already"
                  .formatted(number - 1, size - content.length, peer)));
    }
    try {
      asked.add(question);
    } catch (RejectedExecutionException e) {
      release(question);
      return CompletableFuture.failedStage(e);
    }
    return question.answer;
  }

  private void accept(Waiting question) {
    if (closed) {
      fail(question, new IOException(peer + " is asked no more"));
      return;
    }
    question.deadline =
        loop.schedule(() -> late(question), question.within.toNanos(), TimeUnit.NANOSECONDS);
    unsent.add(question);
  }

  private void late(Waiting question) {
    if (question.id == 0) {
      unsent.remove(question);
    } else {
      sent.remove(question.id);
      if (channel != null) {
        channel.writeAndFlush(new Frame.Forgotten(question.id));
      }
    }
    var why = channel == null ? ": " + problem : "";
    fail(
        question,
        new TimeoutException(
            "no answer from %s within %dms%s".formatted(peer, question.within.toMillis(), why)));
  }

  void connected(Channel next) {
    channel = next;
    send();
  }

  /** Sends what the connection takes. */
  void send() {
    var open = channel;
    if (open == null || unsent.isEmpty()) {
      return;
    }
    while (open.isWritable() && !unsent.isEmpty()) {
      var question = unsent.remove();
      question.id = ++lastId;
      sent.put(question.id, question);
      open.write(
          new Frame.Question(question.id, question.subject.name(), question.content),
          open.voidPromise());
    }
    open.flush();
  }

  /** An answer that comes too late is nobody's. */
  void answered(long id, byte[] answer) {
    var question = sent.remove(id);
    if (question != null) {
      finish(question);
      question.answer.complete(answer);
    }
  }

  void refused(long id, String message) {
    var question = sent.remove(id);
    if (question != null) {
      fail(question, new IOException(peer + " refused: " + message));
    }
  }

  void disconnected(String why) {
    channel = null;
    problem = why;
    var lost = new ArrayList<>(sent.values());
    sent.clear();
    lost.forEach(question ->
        fail(question, new IOException("the connection to " + peer + " was lost: " + why)));
  }

  void close() {
    closed = true;
    disconnected("it is asked no more");
    var left = new ArrayList<>(unsent);
    unsent.clear();
    left.forEach(question -> fail(question, new IOException(peer + " is asked no more")));
  }

  private void fail(Waiting question, Exception why) {
    finish(question);
    question.answer.completeExceptionally(why);
  }

  private void finish(Waiting question) {
    if (question.deadline != null) {
      question.deadline.cancel(false);
    }
    release(question);
  }

  private void release(Waiting question) {
    count.decrementAndGet();
    bytes.addAndGet(-question.content.length);
  }
}
