package dev.holdfast.dataplane.agreement.raft;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;
import org.jspecify.annotations.Nullable;

/**
 * Tells followers at once what is committed. The library tells them with the next entries, or else
 * with the next heartbeat: a fence would take two of those instead of two rounds of messages.
 * Whoever is sent something just then may miss it, and learns of it with the next heartbeat after
 * all.
 */
final class Followers {
  private final Set<LogAppender> appenders = ConcurrentHashMap.newKeySet();
  private @Nullable LeaderState term;

  /** One more follower while this member leads; a new term begins with none. */
  synchronized LogAppender add(LeaderState of, LogAppender appender) {
    if (!of.equals(term)) {
      appenders.clear();
      term = of;
    }
    appenders.add(appender);
    return appender;
  }

  /** Something is committed. Does nothing for those who get more entries anyway. */
  void committed() {
    for (var appender : appenders) {
      if (appender.isRunning() && !appender.hasAppendEntries()) {
        appender.triggerHeartbeat();
      }
    }
  }
}
