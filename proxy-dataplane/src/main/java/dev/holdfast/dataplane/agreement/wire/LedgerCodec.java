package dev.holdfast.dataplane.agreement.wire;

import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.agreement.ledger.Office.Fencing;
import dev.holdfast.dataplane.agreement.ledger.Office.RunningHooks;
import dev.holdfast.dataplane.agreement.ledger.Office.Serving;
import dev.holdfast.dataplane.agreement.ledger.Office.Vacant;
import dev.holdfast.dataplane.agreement.ledger.Search;
import dev.holdfast.dataplane.agreement.ledger.Tenure;
import java.util.TreeSet;

/** Ledgers as snapshots keep them. */
public final class LedgerCodec implements Codec<Ledger> {
  private static final int VERSION = 1;
  private static final int VACANT = 1;
  private static final int FENCING = 2;
  private static final int RUNNING_HOOKS = 3;
  private static final int SERVING = 4;

  @Override
  public byte[] encode(Ledger ledger) {
    var out = new FieldWriter(VERSION);
    out.each(ledger.members(), out::member);
    out.leases(ledger.leases());
    out.number(ledger.fence());
    out.number(ledger.epoch());
    out.number(ledger.generation());
    office(out, ledger.office());
    return out.done();
  }

  private static void office(FieldWriter out, Office office) {
    switch (office) {
      case Vacant(var search) -> {
        out.tag(VACANT);
        search(out, search);
      }
      case Fencing(var tenure, var search, var runner) -> {
        out.tag(FENCING);
        tenure(out, tenure);
        search(out, search);
        out.incarnation(runner);
      }
      case RunningHooks(var tenure, var search, var runner) -> {
        out.tag(RUNNING_HOOKS);
        tenure(out, tenure);
        search(out, search);
        out.incarnation(runner);
      }
      case Serving(var tenure) -> {
        out.tag(SERVING);
        tenure(out, tenure);
      }
    }
  }

  private static void search(FieldWriter out, Search search) {
    out.text(search.reason().name());
    out.each(search.discarded(), out::text);
    out.number(search.rounds());
  }

  private static void tenure(FieldWriter out, Tenure tenure) {
    out.target(tenure.target());
    out.number(tenure.epoch());
    out.number(tenure.generation());
    out.text(tenure.reason().name());
    out.truth(tenure.hooked());
  }

  @Override
  public Ledger decode(byte[] bytes) throws UnreadableException {
    return FieldReader.read(
        "ledger",
        VERSION,
        bytes,
        in ->
            new Ledger(
                in.members(), in.leases(), in.number(), in.number(), in.number(), office(in)));
  }

  private static Office office(FieldReader in) throws UnreadableException {
    var kind = in.tag();
    return switch (kind) {
      case VACANT -> new Vacant(search(in));
      case FENCING -> new Fencing(tenure(in), search(in), in.incarnation());
      case RUNNING_HOOKS -> new RunningHooks(tenure(in), search(in), in.incarnation());
      case SERVING -> new Serving(tenure(in));
      default -> throw in.unreadable("found an unknown office, " + kind);
    };
  }

  private static Search search(FieldReader in) throws UnreadableException {
    return new Search(
        in.reason(),
        new TreeSet<>(in.each(FieldReader::text)),
        in.smallNumber(0, Integer.MAX_VALUE));
  }

  private static Tenure tenure(FieldReader in) throws UnreadableException {
    return new Tenure(in.target(), in.number(), in.number(), in.reason(), in.truth());
  }
}
