package dev.holdfast.dataplane.agreement.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FollowersTest {
  private final Followers followers = new Followers();
  private final List<String> told = new ArrayList<>();

  @Test
  @DisplayName("who gets no more entries is told at once, who is gone or gets more is not")
  void committed() {
    var term = term();
    followers.add(term, appender("idle", true, false));
    followers.add(term, appender("busy", true, true));
    followers.add(term, appender("gone", false, false));

    followers.committed();

    assertThat(told).containsExactly("idle");
  }

  @Test
  @DisplayName("followers of an earlier term are forgotten")
  void newTerm() {
    followers.add(term(), appender("earlier", true, false));
    followers.add(term(), appender("now", true, false));

    followers.committed();

    assertThat(told).containsExactly("now");
  }

  private static LeaderState term() {
    return proxy(LeaderState.class, _ -> null);
  }

  private LogAppender appender(String name, boolean running, boolean entries) {
    return proxy(
        LogAppender.class,
        method ->
            switch (method) {
              case "isRunning" -> running;
              case "hasAppendEntries" -> entries;
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
