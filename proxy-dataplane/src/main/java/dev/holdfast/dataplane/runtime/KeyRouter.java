package dev.holdfast.dataplane.runtime;

import dev.holdfast.dataplane.relay.Admission;
import dev.holdfast.dataplane.relay.ClientRouter;
import dev.holdfast.dataplane.relay.Lease;
import dev.holdfast.dataplane.relay.Visit;
import dev.holdfast.dataplane.sticky.table.StickKey;
import dev.holdfast.dataplane.sticky.table.StickTable;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

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

  private final StickTable table;
  private final LiveKeys live;
  private final Runnable asked;
  private final Runnable refused;
  private final Map<Visit, Word> waiting = new ConcurrentHashMap<>();
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private volatile BalancerView view;

  /**
   * @param asked called after a request was made
   * @param refused called for each client for whose key there was no room
   */
  KeyRouter(StickTable table, LiveKeys live, BalancerView view, Runnable asked, Runnable refused) {
    this.table = table;
    this.live = live;
    this.view = view;
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
    var claim = live.join(key, group.getAsInt());
    if (claim == null) {
      waiting.put(visit, Word.Cutting);
      return new Admission.Wait();
    }
    return table.group(key).equals(group) && view.serves(group.getAsInt())
        ? new Admission.Open(target, Lease.forever(), claim)
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
  public void left(Visit visit) {
    waiting.remove(visit);
  }

  /** Null when there is none. Decision loop only, as is what follows. */
  @Nullable Request poll() {
    return requests.poll();
  }

  boolean hasRequests() {
    return !requests.isEmpty();
  }

  /** The key's group is in the table, or nowhere. */
  void answer(Request request, boolean full) {
    if (waiting.replace(request.visit(), Word.Asked, full ? Word.Full : Word.Asked)) {
      request.visit().goOn();
    }
  }

  /** From now on clients are routed by this. */
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
