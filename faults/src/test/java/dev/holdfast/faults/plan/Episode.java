package dev.holdfast.faults.plan;

import dev.holdfast.faults.record.World;
import java.time.Duration;
import java.util.List;

/**
 * @param hold for how long the troubles last at least
 * @param calm for how long there are none afterwards, at least
 */
public record Episode(List<Trouble> troubles, Duration hold, Duration calm) {
  public Episode {
    troubles = List.copyOf(troubles);
  }

  public World on(World world) {
    var next = world;
    for (var trouble : troubles) {
      next = trouble.on(next);
    }
    return next;
  }
}
