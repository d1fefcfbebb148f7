package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog.Applier;
import dev.holdfast.dataplane.agreement.wire.Codec;
import dev.holdfast.dataplane.agreement.wire.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps all commands in the order in which they came. Checks what the log owes every applier. */
final class Notes implements Applier<String, List<String>> {
  static final Codec<String> COMMANDS =
      new Codec<>() {
        @Override
        public byte[] encode(String thing) {
          return thing.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) throws UnreadableException {
          var text = new String(bytes, StandardCharsets.UTF_8);
          if (text.startsWith("newer")) {
            throw new UnreadableException("cannot read " + text);
          }
          return text;
        }
      };

  static final Codec<List<String>> STATES =
      new Codec<>() {
        @Override
        public byte[] encode(List<String> thing) {
          return String.join("\n", thing).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public List<String> decode(byte[] bytes) {
          return bytes.length == 0
              ? List.of()
              : List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1));
        }
      };

  private final Map<String, Long> indexes = new HashMap<>();
  private List<String> commands = new ArrayList<>();
  private Set<MemberId> members = Set.of();
  private Thread thread;
  private long newest;
  private int installs;
  private boolean leading;

  @Override
  public synchronized void apply(long index, String command) {
    check(index);
    commands.add(command);
    indexes.put(command, index);
  }

  /** As what the command was applied last, if it was not part of a snapshot. */
  synchronized @Nullable Long index(String command) {
    return indexes.get(command);
  }

  @Override
  public synchronized List<String> snapshot() {
    return List.copyOf(commands);
  }

  @Override
  public synchronized void install(long index, List<String> snapshot) {
    check(index);
    commands = new ArrayList<>(snapshot);
    installs++;
  }

  private void check(long index) {
    if (index <= newest) {
      throw new AssertionError("after %d came %d".formatted(newest, index));
    }
    newest = index;
    if (thread != null && thread != Thread.currentThread()) {
      throw new AssertionError("two threads");
    }
    thread = Thread.currentThread();
  }

  @Override
  public synchronized void leads(boolean now) {
    leading = now;
  }

  @Override
  public synchronized void membersChanged(Set<MemberId> now) {
    members = now;
  }

  synchronized List<String> commands() {
    return List.copyOf(commands);
  }

  synchronized Set<MemberId> members() {
    return members;
  }

  synchronized int installs() {
    return installs;
  }

  synchronized boolean leading() {
    return leading;
  }

  synchronized long newest() {
    return newest;
  }
}
