package dev.holdfast.health.probe;

import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.References;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Sends requests, and follows where answers lead when that is wanted, all in one timeout. */
final class HttpProber {
  private static final int MAX_REDIRECTS = 10;

  private final PreparedTalks talks;
  private final References references;
  private final Encryption encryption;

  HttpProber(PreparedTalks talks, References references, Encryption encryption) {
    this.talks = talks;
    this.references = references;
    this.encryption = encryption;
  }

  Probe to(HttpVisit first) {
    return timeout -> {
      var result = PreparedTalks.within(timeout);
      new Run(timeout, result).visit(first, 0);
      return result;
    };
  }

  private Conversation conversation(HttpVisit visit, Consumer<Redirect> redirected)
      throws MissingReference {
    var plain = HttpConversation.prepare(visit, references, redirected);
    return visit.encrypted() ? encryption.of(visit.tls(), visit.serverName(), plain) : plain;
  }

  private final class Run {
    private final Duration timeout;
    private final CompletableFuture<ProbeResult> result;

    Run(Duration timeout, CompletableFuture<ProbeResult> result) {
      this.timeout = timeout;
      this.result = result;
    }

    /**
     * @param redirects that led here
     */
    void visit(HttpVisit visit, int redirects) {
      var redirect = new AtomicReference<Redirect>();
      talks.begin(
          visit.address(),
          timeout,
          () -> conversation(visit, redirect::set),
          result,
          answer -> {
            var elsewhere = redirect.get();
            if (elsewhere == null || !visit.exchange().followRedirects()) {
              result.complete(answer);
            } else {
              follow(visit, elsewhere, redirects + 1);
            }
          });
    }

    private void follow(HttpVisit from, Redirect redirect, int redirects) {
      if (redirects > MAX_REDIRECTS) {
        fail(redirect, "after %d others".formatted(MAX_REDIRECTS));
        return;
      }
      try {
        visit(from.redirected(redirect), redirects);
      } catch (IllegalArgumentException e) {
        fail(redirect, String.valueOf(e.getMessage()));
      }
    }

    private void fail(Redirect redirect, String why) {
      result.complete(
          new Failure(
              Kind.Unfit,
              "redirect with status %d that is not followed: %s"
                  .formatted(redirect.status(), why)));
    }
  }
}
