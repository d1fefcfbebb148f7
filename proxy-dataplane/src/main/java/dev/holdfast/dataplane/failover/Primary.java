package dev.holdfast.dataplane.failover;

import java.time.Instant;

/**
 * The backend that all new clients go to.
 *
 * @param epoch higher than that of every primary before
 * @param since when it was admitted
 */
public record Primary(Candidate backend, long epoch, Instant since, Reason reason) {

  public String name() {
    return backend.name();
  }
}
