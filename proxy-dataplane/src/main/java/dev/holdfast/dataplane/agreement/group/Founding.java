package dev.holdfast.dataplane.agreement.group;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.group.Finding.AskAgain;
import dev.holdfast.dataplane.agreement.group.Finding.DataLost;
import dev.holdfast.dataplane.agreement.group.Finding.Enter;
import dev.holdfast.dataplane.agreement.group.Finding.Found;
import dev.holdfast.dataplane.agreement.group.Finding.Waiting;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A peer that belongs to no group asks all others, in rounds, until it does. Whoever hears of a
 * group enters it. When nobody has one, the peer with the lowest name founds one.
 *
 * <p><b>At most one group commits</b>, as long as disks keep what they said and all configurations
 * name the same lowest peer. A founder needs two rounds in which every configured peer answers, on
 * the same disk both times, that it has no group. The second begins when the first has ended; at
 * that instant T, therefore, no disk of theirs held a group, for a disk never leaves one. Two
 * groups can only come from two disks of the lowest peer, x and then y, because a disk founds once.
 *
 * <ul>
 *   <li>If a member other than x had entered x's group before T, its disk would have said so. What
 *       committed before T has lost the disks of all who kept it but x, and x is gone since y is
 *       there.
 *   <li>After T a founder of y's group can enter x's only by what x said while it lived, which is
 *       before y asked for the first time. Such an answer is on its way while the member answers y;
 *       so a member discards what it asked for before it told somebody without a group that it has
 *       none, if that somebody stands in the group under another disk ({@code askers}). A process
 *       that begins anew has nothing on its way.
 * </ul>
 *
 * <p>A peer that lost its disk is another member. It is in no group's founders, and so never
 * counted in place of the old one; it enters as one whom the leader adds.
 *
 * <p>What this cannot see: peers whom no configuration names. Lists that name different lowest
 * peers at the same time, such as {a, b, c} and {c, d, e}, can make two groups: founders must agree
 * on the list, but c may agree with both one after the other. And a list may become shorter only
 * when all who stay are members: else the lowest, on a new disk, would not ask those who know.
 *
 * @param round answers to earlier ones count for nothing
 * @param heard who answered in this round
 * @param silent who did not
 * @param empty all members, if in the round before every peer was there and had no group
 * @param askers whom this peer told, since the round began, that it has no group
 */
public record Founding(
    MemberId self,
    GroupConfig config,
    long round,
    Map<String, Greeting> heard,
    Set<String> silent,
    Set<MemberId> empty,
    Map<String, MemberId> askers) {

  /** The state after an answer, and what to do. */
  public record Turn(Founding state, Finding finding) {}

  public Founding {
    heard = Collections.unmodifiableMap(heard);
    silent = Set.copyOf(silent);
    empty = Set.copyOf(empty);
    askers = Map.copyOf(askers);
  }

  public static Founding begin(MemberId self, GroupConfig config) {
    return new Founding(self, config, 0, Map.of(), Set.of(), Set.of(), Map.of());
  }

  /** What this peer says as long as it has no group. */
  public Greeting greeting() {
    return new Greeting(self, null, Set.of(), config.peers(), config.mayFound());
  }

  public Set<String> others() {
    var others = new TreeSet<>(config.peers());
    others.remove(self.peer());
    return others;
  }

  /** Begins a round: all others are to be asked. */
  public Founding nextRound() {
    return new Founding(self, config, round + 1, Map.of(), Set.of(), empty, Map.of());
  }

  /** A new configuration makes what was heard under the old one worthless. */
  public Founding with(GroupConfig next) {
    return new Founding(self, next, round + 1, Map.of(), Set.of(), Set.of(), Map.of());
  }

  /** A peer asked, and is told {@link #greeting}. */
  public Founding askedBy(Greeting asker) {
    if (asker.group() != null) {
      return this;
    }
    var next = new HashMap<>(askers);
    next.put(asker.self().peer(), asker.self());
    return new Founding(self, config, round, heard, silent, empty, next);
  }

  /** A peer answered a question of that round. */
  public Turn heard(long asked, Greeting answer) {
    var peer = answer.self().peer();
    if (asked != round || !others().contains(peer)) {
      return new Turn(this, new Waiting());
    }
    var group = answer.group();
    if (group != null && mayEnter(group, answer.members())) {
      return new Turn(this, new Enter(group));
    }
    var next = new HashMap<>(heard);
    next.put(peer, answer);
    return new Founding(self, config, round, next, silent, empty, askers).evaluate();
  }

  /** A peer did not answer a question of that round. */
  public Turn silent(long asked, String peer) {
    if (asked != round || heard.containsKey(peer)) {
      return new Turn(this, new Waiting());
    }
    var next = new HashSet<>(silent);
    next.add(peer);
    return new Founding(self, config, round, heard, next, empty, askers).evaluate();
  }

  /** A founder enters at once, others only what has begun: it could be a group that never does. */
  private boolean mayEnter(Belonging group, Set<MemberId> members) {
    return members.isEmpty()
        ? group.founders().contains(self) && !contradicted(group.founders())
        : !contradicted(members);
  }

  /** Whether a peer asked on another disk than the one that stands in the group. */
  private boolean contradicted(Set<MemberId> members) {
    return members.stream()
        .anyMatch(member -> {
          var asker = askers.get(member.peer());
          return asker != null && !asker.equals(member);
        });
  }

  private Turn evaluate() {
    if (heard.size() + silent.size() < others().size()) {
      return new Turn(this, new Waiting());
    }
    var why = whyNot();
    if (why != null) {
      return new Turn(emptyWas(Set.of()), again(why));
    }
    if (!config.mayFound()) {
      return new Turn(this, new DataLost(Objects.requireNonNull(config.recorded())));
    }
    var all = heard.values().stream().map(Greeting::self).collect(Collectors.toSet());
    all.add(self);
    var lowest = new TreeSet<>(config.peers()).first();
    if (!lowest.equals(self.peer())) {
      return new Turn(emptyWas(Set.of()), again("waiting for %s to found one".formatted(lowest)));
    }
    return all.equals(empty)
        ? new Turn(this, new Found(all))
        : new Turn(emptyWas(all), new AskAgain(true, "nobody has one, making sure"));
  }

  private static AskAgain again(String why) {
    return new AskAgain(false, why);
  }

  private Founding emptyWas(Set<MemberId> next) {
    return new Founding(self, config, round, heard, silent, next, askers);
  }

  /** Why nothing can be said about all; null when every peer has no group, and the same list. */
  private @Nullable String whyNot() {
    if (!silent.isEmpty()) {
      return "no answer from " + new TreeSet<>(silent);
    }
    for (var answer : heard.values()) {
      var peer = answer.self().peer();
      if (answer.group() != null) {
        return "%s belongs to a group that has not begun".formatted(peer);
      } else if (!answer.peers().equals(config.peers())) {
        return "%s has the peers %s configured, not %s"
            .formatted(peer, new TreeSet<>(answer.peers()), new TreeSet<>(config.peers()));
      } else if (config.mayFound() && !answer.mayFound()) {
        return peer + " has a group recorded, which nobody belongs to";
      }
    }
    return null;
  }
}
