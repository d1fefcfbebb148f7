package dev.holdfast.floatingip.hetzner;

import java.io.IOException;

/** Carries requests; follows no redirect, because the token is for the endpoint alone. */
@FunctionalInterface
public interface HttpTransport {

  /**
   * @throws NotSent when the request surely reached nobody
   * @throws IOException when it may have reached the server
   */
  HttpAnswer send(HttpCall call) throws IOException, InterruptedException;

  /** There was no connection to send on. */
  final class NotSent extends IOException {
    public NotSent(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
