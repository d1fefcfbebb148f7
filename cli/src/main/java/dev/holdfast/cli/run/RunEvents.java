package dev.holdfast.cli.run;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has happened to a run and was not taken yet. Any thread tells, one takes. */
final class RunEvents {
  private static final Logger log = LoggerFactory.getLogger(RunEvents.class);

  /** Reloads are told once until taken, so that there is always room for a stop. */
  private final BlockingQueue<RunEvent> waiting = new ArrayBlockingQueue<>(16);

  void reload(String why) {
    var event = new RunEvent.Reload(why);
    if (!waiting.contains(event)) {
      tell(event);
    }
  }

  void tell(RunEvent event) {
    if (!waiting.offer(event)) {
      log.debug("left out, because there is enough to do already: {}", event);
    }
  }

  /** Waits for one, for as long as the run lasts. An interrupt is a stop. */
  RunEvent next() {
    try {
      return waiting.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new RunEvent.Stop("interrupted");
    }
  }
}
