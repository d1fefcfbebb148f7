package dev.holdfast.cli.failover;

import dev.holdfast.api.GatewayDuration;
import dev.holdfast.cli.convert.Conversion;
import dev.holdfast.cli.convert.Endpoint;
import dev.holdfast.cli.convert.ProxyDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says as a FailoverProxy what flopsy's flags and container say. */
public final class FlopsyConversion {
  private static final Duration DEFAULT_BACKOFF = Duration.ofSeconds(60);
  private static final Duration MIN_BACKOFF = Duration.ofMillis(100);

  private final FlopsyFlags flags;
  private final FlopsyContainer container;
  private final ProxyDraft draft;

  private FlopsyConversion(FlopsyFlags flags, FlopsyContainer container) {
    this.flags = flags;
    this.container = container;
    this.draft = new ProxyDraft("failover", listen(flags.listen, container));
  }

  /**
   * To run it here.
   *
   * @throws IllegalArgumentException says which flag is wrong
   */
  public static Conversion of(FlopsyFlags flags, FlopsyContainer container) {
    return new FlopsyConversion(flags, container).convert();
  }

  /** The same for whoever keeps the manifest, who is told what to do with scripts. */
  public static Conversion toKeep(FlopsyFlags flags, FlopsyContainer container) {
    var conversion = of(flags, container);
    var notes = new ArrayList<>(conversion.notes());
    var spec = conversion.manifest().path("spec");
    if (spec.has("checks")) {
      notes.add("The check runs while a primary is chosen, and then no more, as with flopsy.");
      notes.add("Give it an interval of 5s, say, to leave a primary that fails it.");
    }
    if (spec.has("checks") || spec.has("hooks")) {
      notes.add("In a cluster, put the scripts into a ConfigMap, name it in spec.scripts,");
      notes.add("and call them by their paths in /etc/holdfast/scripts.");
    }
    return new Conversion(conversion.manifest(), notes);
  }

  private Conversion convert() {
    var hosts = flags.hosts != null ? flags.hosts : container.variable("HOSTS");
    if (hosts == null) {
      throw new IllegalArgumentException("expected -H HOST:PORT,... or $HOSTS, found neither");
    }
    draft.backends(Stream.of(hosts.split(",", -1)).map(Endpoint::ofServer).toList());
    backoff();
    check();
    triggers();
    draft.at("connections").put("onConnectFailure", "Close");
    return draft.finished();
  }

  private static Endpoint listen(FlopsyFlags.@Nullable Listen listen, FlopsyContainer container) {
    if (listen != null && listen.bind != null) {
      return Endpoint.ofListener(listen.bind);
    }
    var port = listen != null ? listen.port : container.variable("PORT");
    if (port == null) {
      throw new IllegalArgumentException("expected -b ADDR:PORT, -p PORT or $PORT, found none");
    }
    return Endpoint.ofListener(":" + port);
  }

  private void backoff() {
    var typed = flags.maxBackoff != null ? flags.maxBackoff : container.variable("MAX_BACKOFF");
    var wanted = typed == null ? DEFAULT_BACKOFF : seconds(typed);
    if (wanted.equals(DEFAULT_BACKOFF)) {
      return;
    }
    var retry = draft.at("selection.retryBackoff");
    if (wanted.isZero()) {
      draft.note("-B 0 would try again without a pause; the pause is 100ms.");
      var least = GatewayDuration.format(MIN_BACKOFF);
      retry.put("initial", least).put("max", least);
    } else if (wanted.compareTo(GatewayDuration.MAX) > 0) {
      draft.note("-B is more than can be said; the longest pause is 99999h.");
      retry.put("max", "99999h");
    } else {
      retry.put("max", GatewayDuration.format(wanted));
    }
  }

  private static Duration seconds(String text) {
    try {
      return Duration.ofSeconds(Integer.parseUnsignedInt(text) & 0xFFFF_FFFFL);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "-B: expected whole seconds from 0 to 4294967295, found '%s'".formatted(text), e);
    }
  }

  /** As with flopsy, it does not run while a primary serves; unlike there, it has a time limit. */
  private void check() {
    var script = flags.checkHost;
    if (script == null && container.isUsed()) {
      script = container.check();
      if (script == null) {
        draft.note(
            container.checkPath() + " is ignored: it is not there, or it is not executable.");
      }
    }
    if (script != null) {
      var check = draft.entryOf("checks", "check-host");
      check.putObject("exec").putArray("command").add(script);
      check.put("interval", "0s").put("timeout", "30s");
    }
  }

  private void triggers() {
    var path = flags.onFailover;
    if (path == null && container.isUsed()) {
      path = container.triggers();
    }
    if (path != null) {
      draft
          .entryOf("hooks", "on-failover")
          .putObject("exec")
          .putArray("command")
          .add(Objects.requireNonNull(path));
    }
  }
}
