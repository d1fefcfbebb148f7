package dev.holdfast.dataplane.agreement.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;
import org.apache.ratis.server.raftlog.RaftLog;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FollowersTest {
  private final List<Runnable> later = new ArrayList<>();
  private final Followers followers = new Followers((task, delay) -> later.add(task));
  private final List<String> told = new ArrayList<>();

  private void committed() {
    followers.committed();
    later.forEach(Runnable::run);
    later.clear();
  }

  @Test
  @DisplayName(
      "who lags behind and gets no more entries is told; who knows, is gone, or gets more is not")
  void behind() {
    var term = term();
    followers.add(term, appender("idle", true, false, 6));
    followers.add(term, appender("told already", true, false, 7));
    followers.add(term, appender("busy", true, true, 6));
    followers.add(term, appender("gone", false, false, 6));

    committed();

    assertThat(told).containsExactly("idle");
  }

  @Test
  @DisplayName("several commits in one pause are told once, and later ones again")
  void once() {
    followers.add(term(), appender("idle", true, false, 6));

    followers.committed();
    committed();
    committed();

    assertThat(told).containsExactly("idle", "idle");
  }

  @Test
  @DisplayName("followers of an earlier term are forgotten")
  void newTerm() {
    followers.add(term(), appender("earlier", true, false, 6));
    followers.add(term(), appender("now", true, false, 6));

    committed();

    assertThat(told).containsExactly("now");
  }

  private static LeaderState term() {
    return proxy(LeaderState.class, _ -> null);
  }

  /**
   * @param knows up to where the follower has said that it knows what is committed; it is 7
   */
  private LogAppender appender(String name, boolean running, boolean entries, long knows) {
    var info = proxy(FollowerInfo.class, _ -> knows);
    var log = proxy(RaftLog.class, _ -> 7L);
    return proxy(
        LogAppender.class,
        method ->
            switch (method) {
              case "isRunning" -> running;
              case "hasAppendEntries" -> entries;
              case "getFollower" -> info;
              case "getRaftLog" -> log;
              case "triggerHeartbeat" -> {
                told.add(name);
                yield null;
              }
              default -> throw new AssertionError("not expected: " + method);
            });
  }

  private interface Answers {
    Object to(String method);
  }

  private static <T> T proxy(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> self == arguments[0];
                  case "hashCode" -> System.identityHashCode(self);
                  case "toString" -> type.getSimpleName();
                  default -> answers.to(method.getName());
                }));
  }
}
