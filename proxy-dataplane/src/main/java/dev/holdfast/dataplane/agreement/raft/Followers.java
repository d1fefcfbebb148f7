package dev.holdfast.dataplane.agreement.raft;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;
import org.jspecify.annotations.Nullable;

/**
 * Tells followers soon what is committed. The library tells them with the next entries, or else
 * with the next heartbeat: a fence would take two of those instead of two rounds of messages.
 *
 * <p>Not at once: a follower is sent one message at a time, so that the next entries, which would
 * tell it too, would wait for its answer to this one.
 */
final class Followers {
  /** How long the next entries may take to come. */
  private static final Duration PAUSE = Duration.ofMillis(2);

  private final Set<LogAppender> appenders = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean due = new AtomicBoolean();
  private final Later later;
  private @Nullable LeaderState term;

  Followers(Later later) {
    this.later = later;
  }

  /** One more follower while this member leads; a new term begins with none. */
  synchronized LogAppender add(LeaderState of, LogAppender appender) {
    if (!of.equals(term)) {
      appenders.clear();
      term = of;
    }
    appenders.add(appender);
    return appender;
  }

  /** Something is committed. */
  void committed() {
    if (!appenders.isEmpty() && due.compareAndSet(false, true)) {
      later.run(this::tell, PAUSE);
    }
  }

  private void tell() {
    due.set(false);
    for (var appender : appenders) {
      if (appender.isRunning() && !appender.hasAppendEntries() && isBehind(appender)) {
        appender.triggerHeartbeat();
      }
    }
  }

  private static boolean isBehind(LogAppender appender) {
    var committed = appender.getRaftLog().getLastCommittedIndex();
    return appender.getFollower().getCommitIndex() < committed;
  }
}
