package dev.holdfast.health.probe;

import java.util.List;

/** What a check does to find out about a backend. A {@code port} of 0 is the backend's own. */
public sealed interface CheckKind {

  /** A connect. */
  record Tcp(int port) implements CheckKind {}

  /** A request over plain HTTP. */
  record Http(int port, HttpExchange exchange) implements CheckKind {}

  /** A request over TLS. */
  record Https(int port, HttpExchange exchange, TlsOptions tls) implements CheckKind {}

  /** A program, which gets host:port as its last argument. */
  record Exec(List<String> command) implements CheckKind {
    public Exec {
      command = List.copyOf(command);
    }
  }

  /** Some bytes, and some others that the answer must hold. */
  record SendExpect(String send, String expect, boolean tls) implements CheckKind {}
}
