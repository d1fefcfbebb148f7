package dev.holdfast.floatingip.heartbeat;

import dev.holdfast.floatingip.hetzner.Pacer;
import dev.holdfast.floatingip.web.WebCall;
import dev.holdfast.floatingip.web.WebTransport;
import dev.holdfast.floatingip.web.WebTransport.NoAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a GET at once and then at each interval, as long as the loop makes progress: a monitor that
 * misses it is right to raise an alarm. A bad answer is logged, when it begins and when it ends,
 * and has no other effect.
 */
public final class Heartbeat implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
  private static final int OK = 200;

  private final String group;
  private final HeartbeatSettings settings;
  private final Supplier<Instant> lastProgress;
  private final WebTransport transport;
  private final Pacer pacer;
  private final Thread thread;

  // the thread's own
  private Beat last = new Beat.Sent(OK);

  /**
   * @param group what logs call it
   * @param lastProgress when the loop last did what it is there for; at first, when it was started
   * @param pacer its clock is the one that {@code lastProgress} is read from
   */
  public Heartbeat(
      String group,
      HeartbeatSettings settings,
      Supplier<Instant> lastProgress,
      WebTransport transport,
      Pacer pacer) {
    this.group = group;
    this.settings = settings;
    this.lastProgress = lastProgress;
    this.transport = transport;
    this.pacer = pacer;
    thread = Thread.ofVirtual().name("heartbeat-" + group).unstarted(this::run);
  }

  public Heartbeat start() {
    thread.start();
    return this;
  }

  /** Does not wait for a request that is under way. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      var due = pacer.now();
      while (true) {
        tell(beat());
        due = Beat.following(due, settings.interval(), pacer.now());
        pacer.pause(Duration.between(pacer.now(), due));
      }
    } catch (InterruptedException e) {
      log.debug("{}: no more heartbeats", group);
    }
  }

  private Beat beat() throws InterruptedException {
    var idle = Duration.between(lastProgress.get(), pacer.now());
    if (idle.compareTo(settings.patience()) > 0) {
      return new Beat.HeldBack(idle);
    }
    try {
      return new Beat.Sent(transport.send(WebCall.get(settings.url(), settings.timeout())));
    } catch (NoAnswer e) {
      return new Beat.Lost(e.reason());
    }
  }

  private void tell(Beat beat) {
    if (beat.isLike(last)) {
      log.debug("{}: heartbeat: {}", group, beat);
    } else if (beat.equals(new Beat.Sent(OK))) {
      log.info("{}: the heartbeat is answered with 200 again", group);
    } else {
      log.warn("{}: {}", group, beat);
    }
    last = beat;
  }
}
