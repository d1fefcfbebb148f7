package dev.holdfast.operator.children;

/** Ports of a data-plane pod, apart from the one for clients. */
public final class Ports {

  /** Status, configuration and metrics; TLS with client certificates. */
  public static final int ADMIN = 2340;

  /** {@code /healthz} and {@code /readyz}, a status code each. */
  public static final int PROBE = 8081;

  private Ports() {}
}
