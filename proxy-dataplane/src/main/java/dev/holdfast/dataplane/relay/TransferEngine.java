package dev.holdfast.dataplane.relay;

/**
 * Moves the bytes of a linked pair, on the pair's event loop, until both directions have ended.
 *
 * <p>It counts what it moves with {@link Pair#moved}, passes each side's end of stream on after all
 * earlier bytes and then calls {@link Pair#ended}, and calls {@link Pair#clientBroken} or {@link
 * Pair#backendBroken} when that side fails. It keeps no more than a bounded number of bytes: it
 * reads what the other side takes.
 */
interface TransferEngine {

  /** Takes over both channels and the client's early bytes, which come first. */
  void start(Pair pair, EarlyBytes early);
}
