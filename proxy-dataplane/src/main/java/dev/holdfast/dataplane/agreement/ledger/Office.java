package dev.holdfast.dataplane.agreement.ledger;

import dev.holdfast.dataplane.agreement.Incarnation;
import java.util.Optional;

/** Where the primary's office stands. Clients are admitted in {@link Serving} only. */
public sealed interface Office {

  /** Nobody is primary. */
  record Vacant(Search search) implements Office {}

  /** The choice is made; leases from before it may still be acted upon. */
  record Fencing(Tenure tenure, Search search, Incarnation runner) implements Office {}

  /** No lease from before is left; the runner, and nobody else, runs the hooks of this epoch. */
  record RunningHooks(Tenure tenure, Search search, Incarnation runner) implements Office {}

  /** Hooks have ended and never run again for this epoch. */
  record Serving(Tenure tenure) implements Office {}

  /** The choice, whether or not clients are admitted yet. */
  default Optional<Tenure> chosen() {
    return switch (this) {
      case Vacant _ -> Optional.empty();
      case Fencing fencing -> Optional.of(fencing.tenure());
      case RunningHooks running -> Optional.of(running.tenure());
      case Serving serving -> Optional.of(serving.tenure());
    };
  }
}
