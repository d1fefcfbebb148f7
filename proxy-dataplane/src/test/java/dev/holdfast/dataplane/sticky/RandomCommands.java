package dev.holdfast.dataplane.sticky;

import dev.holdfast.dataplane.sticky.GroupStanding.FailingCheck;
import dev.holdfast.dataplane.sticky.GroupStanding.SelfReport;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A history that a seed makes. */
public final class RandomCommands {
  static final int ENTRIES = 60;
  private static final int KEYS = 120;
  private static final int GROUPS = 4;
  private static final int HOLDERS = 3;

  private final Random random;
  private StickCommand.Govern government;
  private int now;

  public RandomCommands(Random random) {
    this.random = random;
    government = govern();
  }

  /** The newest configuration. */
  StickCommand.Govern government() {
    return government;
  }

  public StickCommand next() {
    return switch (random.nextInt(24)) {
      case 0 -> {
        government = govern();
        yield government;
      }
      case 1, 2, 3 -> new StickCommand.Advance(now += random.nextInt(9));
      case 4 -> new StickCommand.Remove(key());
      case 5 -> new StickCommand.Change(group(), random.nextInt(3) == 0 ? null : state());
      case 6 -> new StickCommand.Report(group(), report());
      case 7, 8 -> new StickCommand.Judge(group(), failing());
      case 9 -> random.nextInt(9) == 0 ? new StickCommand.Refresh() : advance();
      case 10 ->
          random.nextInt(4) == 0
              ? new StickCommand.Forget(random.nextInt(HOLDERS))
              : new StickCommand.Advance(now - 3);
      case 11, 12, 13, 14 ->
          new StickCommand.Activity(random.nextInt(HOLDERS), keys(), keys(), keys());
      default -> new StickCommand.Claim(keys());
    };
  }

  private StickCommand advance() {
    return new StickCommand.Advance(now += random.nextInt(90));
  }

  private StickCommand.Govern govern() {
    var groups = new ArrayList<GroupPolicy>();
    for (int id = 1; id <= GROUPS; id++) {
      if (random.nextInt(5) > 0) {
        groups.add(new GroupPolicy(id, "group-" + id, state(), random.nextInt(4)));
      }
    }
    var balance = Balance.values()[random.nextInt(Balance.values().length)];
    return new StickCommand.Govern(
        groups, balance, 30 + random.nextInt(30), ENTRIES - random.nextInt(30));
  }

  private List<FailingCheck> failing() {
    return IntStream.range(0, random.nextInt(3))
        .mapToObj(check -> new FailingCheck("check-" + check, state(), "refused"))
        .toList();
  }

  private SelfReport report() {
    return new SelfReport(state(), now + random.nextInt(20), "disk full");
  }

  private int group() {
    return 1 + random.nextInt(GROUPS);
  }

  private GroupState state() {
    return random.nextBoolean()
        ? GroupState.Active
        : GroupState.values()[random.nextInt(GroupState.values().length)];
  }

  private StickKey key() {
    return Keys.key(random.nextInt(KEYS));
  }

  /** A few. */
  public List<StickKey> keys() {
    return IntStream.range(0, random.nextInt(4)).mapToObj(_ -> key()).distinct().toList();
  }
}
