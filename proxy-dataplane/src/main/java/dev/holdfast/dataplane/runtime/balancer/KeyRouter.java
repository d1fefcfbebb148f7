package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.relay.Admission;
import dev.holdfast.dataplane.relay.ClientRouter;
import dev.holdfast.dataplane.relay.Lease;
import dev.holdfast.dataplane.relay.Visit;
import dev.holdfast.dataplane.sticky.table.StickKey;
import dev.holdfast.dataplane.sticky.table.StickTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sends clients where their keys belong: a known one at once, by the table; a new one when the key
 * has been given a group, which the decision loop is asked for. Called on event loops.
 *
 * <p>Whoever takes a key from its group changes the table or the view first and revokes the claim
 * then; here the claim is joined first, and the table and the view are looked at again then. So one
 * of the two sees the other.
 */
final class KeyRouter implements ClientRouter {

  /** What a waiting client waits for. */
  private enum Word {
    /** Its key's group. */
    Asked,
    /** That the connections to its key's group before are cut. */
    Cutting,
    /** That a group takes new keys. */
    Held,
    /** Nothing: there is no room for its key. */
    Full
  }

  /** A new key, and who brought it. */
  record Request(StickKey key, Visit visit) {}

  private final LiveKeys live;
  private final Runnable asked;
  private final Runnable refused;
  private final Map<Visit, Word> waiting = new ConcurrentHashMap<>();
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private volatile StickTable table;
  private volatile BalancerView view;
  private volatile Lease lease;

  /**
   * @param asked called after a request was made
   * @param refused called for each client for whose key there was no room
   */
  KeyRouter(
      StickTable table,
      LiveKeys live,
      BalancerView view,
      Lease lease,
      Runnable asked,
      Runnable refused) {
    this.table = table;
    this.live = live;
    this.view = view;
    this.lease = lease;
    this.asked = asked;
    this.refused = refused;
  }

  @Override
  public Admission route(Visit visit) {
    var word = waiting.remove(visit);
    if (word == Word.Full) {
      refused.run();
      return new Admission.Close();
    }
    var now = view;
    if (lease.expired()) {
      return noGroup(visit, now);
    }
    var key = now.key(visit);
    var group = table.group(key);
    return group.isPresent() && now.serves(group.getAsInt())
        ? toGroup(visit, key, group, now)
        : ask(visit, key, now);
  }

  private Admission toGroup(Visit visit, StickKey key, OptionalInt group, BalancerView now) {
    var target = now.target(group.getAsInt(), visit.listenPort());
    if (target == null) {
      return new Admission.Close();
    }
    var held = lease;
    var claim = live.join(key, group.getAsInt());
    if (claim == null) {
      waiting.put(visit, Word.Cutting);
      return new Admission.Wait();
    }
    return table.group(key).equals(group) && view.serves(group.getAsInt())
        ? new Admission.Open(target, held, claim)
        : ask(visit, key, view);
  }

  private Admission ask(Visit visit, StickKey key, BalancerView now) {
    if (!now.takesNewKeys()) {
      return noGroup(visit, now);
    }
    waiting.put(visit, Word.Asked);
    requests.add(new Request(key, visit));
    asked.run();
    return new Admission.Wait();
  }

  private Admission noGroup(Visit visit, BalancerView now) {
    return switch (now.whileNoGroup()) {
      case Close -> new Admission.Close();
      case Refuse -> new Admission.Refuse();
      case Hold -> {
        waiting.put(visit, Word.Held);
        yield new Admission.Hold();
      }
    };
  }

  @Override
  public boolean lapsed() {
    return lease.expired();
  }

  @Override
  public void left(Visit visit) {
    waiting.remove(visit);
  }

  /** The next so many. Decision loop only, as is what follows, but for what says otherwise. */
  List<Request> take(int most) {
    var taken = new ArrayList<Request>();
    while (taken.size() < most) {
      var next = requests.poll();
      if (next == null) {
        break;
      }
      taken.add(next);
    }
    return taken;
  }

  boolean hasRequests() {
    return !requests.isEmpty();
  }

  /** Whether its client still waits for an answer. */
  boolean awaits(Request request) {
    return waiting.get(request.visit()) == Word.Asked;
  }

  /** The key's group is in the table, or nowhere. */
  void answer(Request request, boolean full) {
    if (waiting.replace(request.visit(), Word.Asked, full ? Word.Full : Word.Asked)) {
      request.visit().goOn();
    }
  }

  /**
   * From now on keys are looked up here. Any thread; those who looked elsewhere may still be on
   * their way, and so claims that do not fit are to be revoked then.
   */
  void follow(StickTable next) {
    table = next;
  }

  /** From now on clients are admitted under this. */
  void follow(Lease next) {
    lease = next;
    release(Word.Held);
  }

  /** From now on clients are routed by this. Any thread. */
  void follow(BalancerView next) {
    view = next;
    release(Word.Held);
  }

  /** Connections were cut. */
  void wereCut() {
    release(Word.Cutting);
  }

  private void release(Word word) {
    waiting.forEach((visit, waitsFor) -> {
      if (waitsFor == word) {
        visit.goOn();
      }
    });
  }
}
