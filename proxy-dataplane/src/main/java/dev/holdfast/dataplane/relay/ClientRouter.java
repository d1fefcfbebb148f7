package dev.holdfast.dataplane.relay;

/**
 * Says for each client by itself what happens to it. Asked on the client's event loop: it answers
 * at once, and from several loops at a time.
 */
@FunctionalInterface
public interface ClientRouter {

  /**
   * Asked when a client has come, and again whenever it is to go on.
   *
   * <p>{@link Admission.Wait} and {@link Admission.Hold} last until {@link Visit#goOn}, or until
   * the relay admits something else. What the answer's {@code Open} holds is asked for once more
   * when the client is connected: if its claim is revoked or its lease has ended by then, the
   * router is asked anew.
   */
  Admission route(Visit visit);

  /** Whether it turns clients away now because this process has no lease to admit them under. */
  default boolean lapsed() {
    return false;
  }

  /**
   * A client that was told to wait will not be asked for any more: it has left, or waited for too
   * long. On its event loop, once.
   */
  default void left(Visit visit) {}
}
