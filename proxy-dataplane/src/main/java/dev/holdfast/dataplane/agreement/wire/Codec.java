package dev.holdfast.dataplane.agreement.wire;

/** The bytes of a thing. Equal things may have different bytes. Safe for use by many threads. */
public interface Codec<T> {

  byte[] encode(T thing);

  /**
   * @throws UnreadableException when the bytes are no thing's, or of a form that a newer program
   *     wrote; never a guess
   */
  T decode(byte[] bytes) throws UnreadableException;
}
