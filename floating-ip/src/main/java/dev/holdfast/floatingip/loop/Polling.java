package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.CallBudget;
import dev.holdfast.floatingip.hetzner.model.CloudSnapshot;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.RetryPolicy;
import dev.holdfast.floatingip.hetzner.model.Server;
import dev.holdfast.floatingip.loop.GroupEvent.PollFailed;
import dev.holdfast.floatingip.loop.GroupEvent.PollSucceeded;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When the cloud is read, and what comes of it. */
final class Polling {
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration AFTER_REFUSED_TOKEN = Duration.ofSeconds(60);

  /** A poll ends by itself at its time; this is for one that does not. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private Polling() {}

  static void succeeded(Turn turn, PollSucceeded event) {
    turn.reading = turn.reading.told(event.rateLimit());
    var poll = turn.reading.running();
    if (poll == null || poll.number() != event.poll()) {
      return;
    }
    var awaySince = turn.reading.failedSince();
    var snapshot = event.snapshot();
    var first = turn.reading.readAt() == null && turn.members.servers().isEmpty();
    turn.reading = turn.reading.succeeded(poll, snapshot.readAt(), snapshot.cost());
    if (awaySince != null) {
      turn.tell(new GroupNotice.ProviderBack(Duration.between(awaySince, turn.now)));
    }
    var ips = merged(turn, snapshot);
    turn.moves = turn.moves.read(snapshot.readAt(), awaySince != null);
    if (!turn.moves.doubted().isEmpty() || !turn.moves.settled().isEmpty()) {
      turn.reading = turn.reading.dueAt(turn.now);
    }
    become(turn, snapshot, ips, first);
  }

  /** Where an IP is that was moved after the poll began, the move knows better. */
  private static List<FloatingIp> merged(Turn turn, CloudSnapshot snapshot) {
    return snapshot.floatingIps().stream()
        .map(ip -> {
          var known = turn.members.floatingIps().get(ip.id());
          return known != null && turn.moves.newerThan(ip.id(), snapshot.readAt())
              ? ip.at(known.server())
              : ip;
        })
        .toList();
  }

  private static void become(
      Turn turn, CloudSnapshot snapshot, List<FloatingIp> ips, boolean first) {
    var before = turn.members;
    var changes = ChangeSet.between(before.serverList(), snapshot.servers(), before.ipList(), ips);
    var servers = new HashMap<Long, Member>();
    for (var server : snapshot.servers()) {
      var known = before.servers().get(server.id());
      servers.put(
          server.id(), known == null ? Member.unknown(server, turn.now) : known.with(server));
    }
    for (var updated : changes.servers().updated()) {
      servers.put(updated.id(), Member.unknown(updated, turn.now));
    }
    var ipsById = new HashMap<Long, FloatingIp>();
    ips.forEach(ip -> ipsById.put(ip.id(), ip));
    var stable = changes.servers().isEmpty() ? before.stableSince() : turn.now;
    turn.members = new Members(servers, ipsById, stable);
    if (!changes.servers().isEmpty()) {
      var anew =
          Stream.concat(changes.servers().added().stream(), changes.servers().updated().stream())
              .map(Server::id)
              .collect(Collectors.toSet());
      turn.effect(new GroupEffect.FollowServers(turn.members.serverList(), anew));
    }
    if (!first && changes.membersChanged()) {
      turn.tell(new GroupNotice.MembersChanged(changes));
    }
  }

  static void failed(Turn turn, PollFailed event) {
    turn.reading = turn.reading.told(event.rateLimit());
    var poll = turn.reading.running();
    if (poll != null && poll.number() == event.poll()) {
      fail(turn, event.failure());
    }
  }

  private static void fail(Turn turn, ApiFailure failure) {
    var pause =
        failure.concernsToken()
            ? AFTER_REFUSED_TOKEN
            : RetryPolicy.backoff(AFTER_FAILURE, turn.reading.failures(), 1);
    if (turn.reading.failedSince() == null) {
      turn.tell(new GroupNotice.ProviderAway(failure));
    }
    turn.reading = turn.reading.failed(failure, pause, turn.now);
  }

  static void review(Turn turn) {
    if (!turn.leads) {
      return;
    }
    var running = turn.reading.running();
    if (running != null && !turn.now.isBefore(running.deadline())) {
      fail(turn, new ApiFailure.NoAnswer("the poll did not end in time"));
    }
    if (turn.reading.running() == null && !turn.now.isBefore(turn.reading.dueAt())) {
      begin(turn);
    }
    var still = turn.reading.running();
    turn.wakeAt(still == null ? turn.reading.dueAt() : still.deadline());
  }

  /** What may have been written is read at once, whatever calls are left. */
  private static void begin(Turn turn) {
    var reading = turn.reading;
    var budget = turn.policy.budget();
    var answer =
        turn.moves.doubted().isEmpty()
            ? budget.mayPoll(reading.rateLimit(), reading.cost(), turn.now)
            : new CallBudget.Answer.Poll(budget.interval());
    switch (answer) {
      case CallBudget.Answer.Wait(var time) -> turn.reading = reading.dueAt(turn.now.plus(time));
      case CallBudget.Answer.Poll(var interval) -> {
        var timeout = turn.policy.pollTimeout();
        turn.reading = reading.begin(interval, timeout.plus(GRACE), turn.now);
        turn.effect(new GroupEffect.ReadCloud(turn.reading.polls(), timeout));
      }
    }
  }
}
