package dev.holdfast.dataplane.sticky.table;

/**
 * Spreads keys, which are as alike as neighbours' addresses are, over all integers; under a secret,
 * so that nobody can choose addresses that fall together.
 */
final class KeyHash {
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private final long secret;

  KeyHash(long secret) {
    this.secret = secret;
  }

  int of(byte[] key) {
    long hash = secret;
    long word = key.length;
    for (int i = 0; i < key.length; i++) {
      word = (word << Byte.SIZE) | (key[i] & 0xff);
      if (i % Integer.BYTES == 0) {
        hash = mix(hash ^ word);
        word = 0;
      }
    }
    return (int) (mix(hash ^ word) >>> Integer.SIZE);
  }

  static long mix(long bits) {
    long product = bits * ODD;
    return (product ^ (product >>> Integer.SIZE)) * ODD;
  }
}
