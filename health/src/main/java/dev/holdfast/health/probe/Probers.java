package dev.holdfast.health.probe;

import dev.holdfast.health.probe.CheckKind.Exec;
import dev.holdfast.health.probe.CheckKind.Http;
import dev.holdfast.health.probe.CheckKind.Https;
import dev.holdfast.health.probe.CheckKind.SendExpect;
import dev.holdfast.health.probe.CheckKind.Tcp;
import dev.holdfast.health.process.ProcessRunner;
import dev.holdfast.health.reference.References;
import java.time.InstantSource;

/** Makes the probe of a check for one backend. Safe for use by many threads. */
public final class Probers {

  private final Network network;
  private final ExecProber programs;
  private final PreparedTalks talks;
  private final Encryption encryption;
  private final HttpProber requests;

  /**
   * @param clock tells how long certificates are still valid
   */
  public Probers(
      Network network, ProcessRunner processes, References references, InstantSource clock) {
    this.network = network;
    this.programs = new ExecProber(processes);
    this.talks = new PreparedTalks(network);
    this.encryption = new Encryption(new TlsContexts(references), clock);
    this.requests = new HttpProber(talks, references, encryption);
  }

  public Probe probe(CheckKind kind, Address backend) {
    return switch (kind) {
      case Tcp(var port) -> new TcpProber(network).to(backend.host(), at(backend, port).port());
      case Http(var port, var exchange) ->
          requests.to(new HttpVisit(at(backend, port), false, exchange, TlsOptions.verified()));
      case Https(var port, var exchange, var tls) ->
          requests.to(new HttpVisit(at(backend, port), true, exchange, tls));
      case Exec(var command) -> programs.to(backend, command);
      case SendExpect(var send, var expect, var tls) -> {
        var talk = new SendExpectConversation(send, expect);
        yield talks.probe(
            backend, () -> tls ? encryption.of(TlsOptions.verified(), backend, talk) : talk);
      }
    };
  }

  private static Address at(Address backend, int port) {
    return port == 0 ? backend : new Address(backend.host(), port);
  }
}
