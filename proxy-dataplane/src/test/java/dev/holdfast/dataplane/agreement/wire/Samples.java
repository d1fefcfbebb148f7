package dev.holdfast.dataplane.agreement.wire;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Grant;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.agreement.ledger.Search;
import dev.holdfast.dataplane.agreement.ledger.Target;
import dev.holdfast.dataplane.agreement.ledger.Tenure;
import dev.holdfast.dataplane.failover.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Made-up commands and ledgers of every kind, the same for the same seed. */
record Samples(Random random) {
  private static final String[] NAMES = {"a", "db-0", "träge", "", "日本", "x".repeat(300)};

  Command command() {
    return switch (random.nextInt(7)) {
      case 0 -> new Command.SetMembers(members());
      case 1 -> new Command.RenewLease(incarnation(), random.nextLong(), random.nextLong());
      case 2 -> new Command.EndLeases(leases());
      case 3 ->
          new Command.ProposePrimary(
              random.nextLong(),
              target(),
              random.nextLong(),
              reason(),
              random.nextBoolean(),
              random.nextLong(),
              incarnation());
      case 4 -> new Command.LeavePrimary(random.nextLong(), reason());
      case 5 -> new Command.TakeHooks(random.nextLong(), incarnation());
      default -> new Command.EndHooks(random.nextLong(), random.nextBoolean());
    };
  }

  Ledger ledger() {
    return new Ledger(
        members(), leases(), random.nextLong(), random.nextLong(), random.nextLong(), office());
  }

  private Office office() {
    return switch (random.nextInt(4)) {
      case 0 -> new Office.Vacant(search());
      case 1 -> new Office.Fencing(tenure(), search(), incarnation());
      case 2 -> new Office.RunningHooks(tenure(), search(), incarnation());
      default -> new Office.Serving(tenure());
    };
  }

  private Search search() {
    var discarded = new TreeSet<String>();
    for (var n = random.nextInt(4); n > 0; n--) {
      discarded.add(name());
    }
    return new Search(reason(), discarded, random.nextInt(100));
  }

  private Tenure tenure() {
    return new Tenure(
        target(), random.nextLong(), random.nextLong(), reason(), random.nextBoolean());
  }

  private Target target() {
    return new Target(name(), name(), random.nextInt(65_536));
  }

  private Set<MemberId> members() {
    var members = new HashSet<MemberId>();
    for (var n = random.nextInt(6); n > 0; n--) {
      members.add(member());
    }
    return members;
  }

  private Map<MemberId, Grant> leases() {
    var leases = new HashMap<MemberId, Grant>();
    for (var member : members()) {
      leases.put(member, new Grant(random.nextLong(), random.nextLong(), random.nextLong()));
    }
    return leases;
  }

  private Incarnation incarnation() {
    return new Incarnation(member(), random.nextLong());
  }

  private MemberId member() {
    return new MemberId(name(), random.nextLong());
  }

  private Reason reason() {
    return Reason.values()[random.nextInt(Reason.values().length)];
  }

  private String name() {
    return NAMES[random.nextInt(NAMES.length)];
  }
}
