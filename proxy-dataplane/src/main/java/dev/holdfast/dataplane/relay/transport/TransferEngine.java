package dev.holdfast.dataplane.relay.transport;

/**
 * Moves the bytes of a link, on its event loop, until both directions have ended.
 *
 * <p>It counts what it moves with {@link Link#moved}, passes each side's end of stream on after all
 * earlier bytes and then calls {@link Link#ended}, and calls {@link Link#clientBroken} or {@link
 * Link#backendBroken} when that side fails. It keeps no more than a bounded number of bytes: it
 * reads what the other side takes.
 */
public interface TransferEngine {

  /** Takes over both channels and the client's early bytes, which come first. */
  void start(Link link, EarlyBytes early);
}
