package dev.holdfast.dataplane.agreement.group.place;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.group.Greeting;
import dev.holdfast.dataplane.agreement.group.MemberPlan;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the leader bring the members to what is configured. Used by one thread. */
final class Members {
  private static final Logger log = LoggerFactory.getLogger(Members.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final String resource;
  private final UUID group;
  private final MemberId self;
  private final ReplicatedLog<?, ?> replicated;
  private final Connected network;
  private final Executor thread;
  private boolean begun;
  private boolean busy;
  private String problem = "";

  /**
   * @param thread the one that this is used by
   */
  Members(
      String resource,
      UUID group,
      MemberId self,
      ReplicatedLog<?, ?> replicated,
      Connected network,
      Executor thread) {
    this.resource = resource;
    this.group = group;
    this.self = self;
    this.replicated = replicated;
    this.network = network;
    this.thread = thread;
  }

  /** As the log counts them, once it has had a leader; else empty. */
  Set<MemberId> known() {
    begun |= replicated.leader().isPresent();
    return begun ? replicated.members() : Set.of();
  }

  /** Looks after the members once; called from time to time. */
  void tend(Set<String> configured, Greeting greeting) {
    var members = known();
    network.keep(members.stream().map(MemberId::peer).collect(Collectors.toSet()));
    if (busy || !replicated.leader().filter(self::equals).isPresent()) {
      return;
    }
    busy = true;
    try {
      greetAll(configured, greeting);
    } catch (RuntimeException e) {
      busy = false;
      throw e;
    }
  }

  private void greetAll(Set<String> configured, Greeting greeting) {
    var here = new HashSet<MemberId>(Set.of(self));
    var asked =
        network.peers().others().stream()
            .map(peer ->
                network
                    .greet(peer, greeting, PATIENCE)
                    .handleAsync((answer, failure) -> note(here, answer), thread)
                    .toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(asked)
        .thenComposeAsync(_ -> change(configured, here), thread)
        .whenCompleteAsync(
            (_, failure) -> {
              busy = false;
              tell(failure == null ? "" : String.valueOf(failure));
            },
            thread);
  }

  private boolean note(Set<MemberId> here, @Nullable Greeting answer) {
    return answer != null
        && answer.group() != null
        && answer.group().group().equals(group)
        && here.add(answer.self());
  }

  private CompletionStage<Void> change(Set<String> configured, Set<MemberId> here) {
    var members = replicated.members();
    var next = MemberPlan.next(members, configured, here, self);
    if (next.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    log.info("{}: members from {} to {}", resource, members, next.get());
    return replicated.change(next.get());
  }

  private void tell(String failure) {
    if (!failure.isEmpty() && !failure.equals(problem)) {
      log.warn("{}: the members could not be changed, trying on: {}", resource, failure);
    }
    problem = failure;
  }
}
