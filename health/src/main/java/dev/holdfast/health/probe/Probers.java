package dev.holdfast.health.probe;

import dev.holdfast.health.probe.CheckKind.Exec;
import dev.holdfast.health.probe.CheckKind.Http;
import dev.holdfast.health.probe.CheckKind.Https;
import dev.holdfast.health.probe.CheckKind.SendExpect;
import dev.holdfast.health.probe.CheckKind.Tcp;
import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import dev.holdfast.health.process.ProcessRunner;
import dev.holdfast.health.process.Shortage;
import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.References;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Makes the probe of a check for one backend. Safe for use by many threads. */
public final class Probers {

  /** What must be read before a conversation can begin, such as secrets. */
  private interface Preparation {
    Conversation prepare() throws MissingReference;
  }

  private final Network network;
  private final ExecProber programs;
  private final References references;
  private final TlsContexts trust;
  private final InstantSource clock;
  private final Executor readers = task -> Thread.ofVirtual().name("holdfast-refs").start(task);

  /**
   * @param clock tells how long certificates are still valid
   */
  public Probers(
      Network network, ProcessRunner processes, References references, InstantSource clock) {
    this.network = network;
    this.programs = new ExecProber(processes);
    this.references = references;
    this.trust = new TlsContexts(references);
    this.clock = clock;
  }

  public Probe probe(CheckKind kind, Address backend) {
    return switch (kind) {
      case Tcp(var port) -> new TcpProber(network).to(backend.host(), at(backend, port).port());
      case Http(var port, var exchange) -> {
        var address = at(backend, port);
        yield prepared(address, () -> HttpConversation.prepare(exchange, address, references));
      }
      case Https(var port, var exchange, var tls) -> {
        var address = at(backend, port);
        yield prepared(
            address,
            () ->
                encrypted(
                    tls,
                    new Address(serverName(tls, exchange, address), address.port()),
                    HttpConversation.prepare(exchange, address, references)));
      }
      case Exec(var command) -> programs.to(backend, command);
      case SendExpect(var send, var expect, var tls) -> {
        var talk = new SendExpectConversation(send, expect);
        yield prepared(backend, () -> tls ? encrypted(TlsOptions.verified(), backend, talk) : talk);
      }
    };
  }

  private static Address at(Address backend, int port) {
    return port == 0 ? backend : new Address(backend.host(), port);
  }

  private TlsConversation encrypted(TlsOptions options, Address name, Conversation inner)
      throws MissingReference {
    return new TlsConversation(trust.of(options), name, options.warnExpiry(), clock, inner);
  }

  private static String serverName(TlsOptions tls, HttpExchange exchange, Address address) {
    if (!tls.name().isEmpty()) {
      return tls.name();
    }
    return exchange.host().isEmpty() ? address.host() : HostHeader.host(exchange.host());
  }

  private Probe prepared(Address address, Preparation preparation) {
    return timeout -> {
      var result = new CompletableFuture<ProbeResult>();
      readers.execute(() -> talk(address, timeout, preparation, result));
      return result.completeOnTimeout(
          Timeouts.failure(timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
    };
  }

  private void talk(
      Address address,
      Duration timeout,
      Preparation preparation,
      CompletableFuture<ProbeResult> result) {
    try {
      var talk = network.talk(address, timeout, preparation.prepare());
      var _ = talk.thenAccept(result::complete);
      var _ = result.whenComplete((ended, cancelled) -> talk.cancel(false));
    } catch (MissingReference e) {
      var kind = Shortage.causes(e) ? Kind.NotAsked : Kind.Other;
      result.complete(new Failure(kind, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }
}
