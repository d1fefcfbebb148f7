package dev.holdfast.dataplane.runtime;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import dev.holdfast.dataplane.agreement.replica.ReplicaMessage;
import dev.holdfast.dataplane.agreement.replica.Replicas;
import dev.holdfast.dataplane.agreement.replica.WireFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Replicas of one resource within one process, over a log in memory that outlives them. They can be
 * cut off from each other; whoever comes first in the alphabet and reaches a majority leads.
 */
public final class MemoryGroup<C, S, M extends ReplicaMessage> implements AutoCloseable {
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final List<C> committed = new ArrayList<>();
  private final Map<String, Seat> seats = new TreeMap<>();
  private final Map<String, Seat> stopped = new TreeMap<>();
  private final Set<String> cut = new HashSet<>();
  private final Set<MemberId> members = new TreeSet<>();
  private volatile @Nullable String leader;

  public MemoryGroup(String... names) {
    for (var name : names) {
      members.add(new MemberId(name, 1));
    }
  }

  public Replicas replicas() {
    return new Replicas() {
      @Override
      @SuppressWarnings("unchecked") // all of one group are of one kind
      public <X, Y, Z extends ReplicaMessage> Replica<X, Y, Z> open(
          Place place, WireFormat<X, Y, Z> format) {
        return (Replica<X, Y, Z>) new Seat(place.self());
      }
    };
  }

  public String leader() {
    return String.valueOf(leader);
  }

  public void cut(String name) {
    thread.execute(() -> {
      cut.add(name);
      elect();
    });
  }

  public void heal(String name) {
    thread.execute(() -> {
      cut.remove(name);
      elect();
      seats.values().forEach(Seat::catchUp);
    });
  }

  /** As when its disk fails: it is applied no more. */
  public void stopLog(String name, String why) {
    thread.execute(() -> {
      var seat = seats.remove(name);
      seat.applier = null;
      stopped.put(name, seat);
      elect();
      seat.participant.left(why);
    });
  }

  public void openLogAgain(String name) {
    thread.execute(() -> {
      var seat = stopped.remove(name);
      seat.applied = 0;
      seat.join(seat.participant);
    });
  }

  private boolean connected(String name) {
    return seats.containsKey(name) && !cut.contains(name);
  }

  private boolean quorate() {
    return 2 * seats.keySet().stream().filter(this::connected).count() > members.size();
  }

  private void elect() {
    var before = leader;
    if (before != null && connected(before) && quorate()) {
      return;
    }
    leader =
        quorate() ? seats.keySet().stream().filter(this::connected).findFirst().orElse(null) : null;
    tellLeads(before, false);
    tellLeads(leader, true);
  }

  /** Who is cut off does not learn that it leads no longer. */
  private void tellLeads(@Nullable String name, boolean leading) {
    if (name != null && connected(name)) {
      seats.get(name).leads(leading);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private final class Seat implements Replica<C, S, M>, ReplicatedLog<C, S> {
    private final String name;
    private @Nullable Participant<C, S> participant;
    private @Nullable Applier<C, S> applier;
    private volatile Consumer<M> listener = message -> {};
    private int applied;

    Seat(String name) {
      this.name = name;
    }

    @Override
    public void join(Participant<C, S> joining) {
      participant = joining;
      joining.joined(new Membership<>("memory", new MemberId(name, 1), this));
    }

    @Override
    public String waitsFor() {
      return "the others";
    }

    @Override
    public void configure(List<ReplicaAddress> all) {}

    @Override
    public void onApply(Applier<C, S> newApplier) {
      thread.execute(() -> {
        applier = newApplier;
        seats.put(name, this);
        newApplier.membersChanged(members);
        elect();
        catchUp();
      });
    }

    void leads(boolean leading) {
      if (applier != null) {
        applier.leads(leading);
      }
    }

    void catchUp() {
      while (applier != null && connected(name) && quorate() && applied < committed.size()) {
        applied++;
        applier.apply(applied, committed.get(applied - 1));
      }
    }

    @Override
    public CompletionStage<Long> propose(C command) {
      var answer = new CompletableFuture<Long>();
      thread.execute(() -> {
        if (connected(name) && quorate()) {
          committed.add(command);
          var index = (long) committed.size();
          seats.values().forEach(Seat::catchUp);
          answer.complete(index);
        } else {
          answer.completeExceptionally(new TimeoutException("no majority"));
        }
      });
      return answer;
    }

    @Override
    public CompletionStage<Long> read() {
      return CompletableFuture.supplyAsync(() -> (long) applied, thread);
    }

    @Override
    public Optional<MemberId> leader() {
      return Optional.ofNullable(leader).map(found -> new MemberId(found, 1));
    }

    @Override
    public Set<MemberId> members() {
      return Set.copyOf(members);
    }

    @Override
    public CompletionStage<Void> change(Set<MemberId> next) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public void onMessage(Consumer<M> newListener) {
      listener = newListener;
    }

    @Override
    public void tellLeader(M message) {
      thread.execute(() -> {
        if (leader != null && connected(name)) {
          seats.get(leader).listener.accept(message);
        }
      });
    }

    @Override
    public void tellAll(M message) {
      thread.execute(() ->
          seats.forEach((other, seat) -> {
            if (other.equals(name) || (connected(name) && connected(other))) {
              seat.listener.accept(message);
            }
          }));
    }

    @Override
    public void close() {
      thread.execute(() -> {
        applier = null;
        seats.remove(name, this);
        elect();
      });
    }
  }
}
