package dev.holdfast.cli.run;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.cli.console.Plural;
import dev.holdfast.dataplane.runtime.DataPlane;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a run: connections end by themselves, unless it is told to stop once more. */
record Draining(DataPlane plane, RunEvents events) {
  private static final Logger log = LoggerFactory.getLogger(Draining.class);

  /**
   * Returns when nothing is left, or what is left shall be cut.
   *
   * @return the exit code: 0, or 1 when connections are cut
   */
  int run(String why) {
    log.info("{}: draining {}; a second signal cuts what is left", why, connections());
    plane.drain().whenComplete((done, failure) -> events.tell(new RunEvent.Drained(failure)));
    while (true) {
      switch (events.next()) {
        case RunEvent.Reload reload -> log.debug("too late for {}", reload);
        case RunEvent.Fail fail -> log.debug("ends anyway: {}", fail);
        case RunEvent.Stop(var again) -> {
          log.warn("{}: cut {}", again, connections());
          return 1;
        }
        case RunEvent.Drained(var failure) -> {
          if (failure != null) {
            throw new IllegalStateException("the data plane did not drain", failure);
          }
          log.info("stopped");
          return 0;
        }
      }
    }
  }

  private String connections() {
    var open =
        Stream.concat(
                plane.status().all().stream().map(DataPlaneStatus::connections),
                plane.balancers().all().stream().map(StickyBalancerReport::connections))
            .mapToLong(DataPlaneStatus.ConnectionCounts::open)
            .sum();
    return Plural.of(open, "connection");
  }
}
