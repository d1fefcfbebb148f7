package dev.holdfast.dataplane.sticky.table;

import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The entries, each in a slot, field by field in arrays, so that a collector walks nothing but the
 * keys. The arrays come in chunks: what is there is never copied to make room for more.
 */
final class Slots {
  private static final int BITS = 12;
  private static final int CHUNK = 1 << BITS;
  private static final int WITHIN = CHUNK - 1;

  private static final class Chunk {
    final byte[] @Nullable [] keys;
    final int[] hashes;
    final int[] groups;
    final int[] touched;
    final int[] previous;
    final int[] next;
    final byte[] holders;

    Chunk() {
      keys = new byte[CHUNK][];
      hashes = new int[CHUNK];
      groups = new int[CHUNK];
      touched = new int[CHUNK];
      previous = new int[CHUNK];
      next = new int[CHUNK];
      holders = new byte[CHUNK];
    }

    Chunk(Chunk other) {
      keys = other.keys.clone();
      hashes = other.hashes.clone();
      groups = other.groups.clone();
      touched = other.touched.clone();
      previous = other.previous.clone();
      next = other.next.clone();
      holders = other.holders.clone();
    }
  }

  private @Nullable Chunk[] chunks = new Chunk[1];
  private int used;
  private int free = KeyIndex.NONE;

  /** The keys themselves are shared: nobody changes them. */
  Slots copy() {
    var copy = new Slots();
    copy.chunks =
        Arrays.stream(chunks)
            .map(chunk -> chunk == null ? null : new Chunk(chunk))
            .toArray(Chunk[]::new);
    copy.used = used;
    copy.free = free;
    return copy;
  }

  /** Adds a slot as it was, but for what follows from the others. */
  void restore(TableImage.Slot was) {
    var slot = fresh();
    var chunk = chunk(slot);
    var key = was.key();
    chunk.keys[slot & WITHIN] = key == null ? null : key.bytes();
    chunk.groups[slot & WITHIN] = was.group();
    chunk.touched[slot & WITHIN] = was.touched();
    chunk.holders[slot & WITHIN] = (byte) was.holders();
    if (key == null) {
      chunk.hashes[slot & WITHIN] = was.link();
    } else {
      chunk.next[slot & WITHIN] = was.holders() == 0 ? was.link() : IdleOrder.OUTSIDE;
    }
  }

  /** The first of the free ones. */
  int free() {
    return free;
  }

  void free(int first) {
    free = first;
  }

  /** Slots below this one were used at some time. */
  int used() {
    return used;
  }

  int take(byte[] key, int hash, int group, int now) {
    int slot = free == KeyIndex.NONE ? fresh() : free;
    var chunk = chunk(slot);
    if (slot == free) {
      free = chunk.hashes[slot & WITHIN];
    }
    chunk.hashes[slot & WITHIN] = hash;
    chunk.groups[slot & WITHIN] = group;
    chunk.touched[slot & WITHIN] = now;
    chunk.holders[slot & WITHIN] = 0;
    chunk.next[slot & WITHIN] = IdleOrder.OUTSIDE;
    chunk.keys[slot & WITHIN] = key;
    return slot;
  }

  private int fresh() {
    int at = used >>> BITS;
    if (at == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * at);
    }
    if (chunks[at] == null) {
      chunks[at] = new Chunk();
    }
    return used++;
  }

  /** The free ones are chained through their hashes. */
  void release(int slot) {
    var chunk = chunk(slot);
    chunk.keys[slot & WITHIN] = null;
    chunk.hashes[slot & WITHIN] = free;
    free = slot;
  }

  private Chunk chunk(int slot) {
    var chunk = chunks[slot >>> BITS];
    if (chunk == null) {
      throw new IllegalStateException("slot %d was never used".formatted(slot));
    }
    return chunk;
  }

  /** Null for what is no slot: a reader may have met a number that is half written. */
  private @Nullable Chunk seen(int slot) {
    var chunksNow = chunks;
    int at = slot >>> BITS;
    return at < chunksNow.length ? chunksNow[at] : null;
  }

  boolean holds(int slot, byte[] key, int hash) {
    var chunk = seen(slot);
    return chunk != null
        && chunk.hashes[slot & WITHIN] == hash
        && Arrays.equals(chunk.keys[slot & WITHIN], key);
  }

  OptionalInt groupSeen(int slot) {
    var chunk = seen(slot);
    return chunk == null ? OptionalInt.empty() : OptionalInt.of(chunk.groups[slot & WITHIN]);
  }

  boolean isUsed(int slot) {
    return chunk(slot).keys[slot & WITHIN] != null;
  }

  byte[] key(int slot) {
    var key = chunk(slot).keys[slot & WITHIN];
    if (key == null) {
      throw new IllegalStateException("slot %d is free".formatted(slot));
    }
    return key;
  }

  int hash(int slot) {
    return chunk(slot).hashes[slot & WITHIN];
  }

  void hash(int slot, int hash) {
    chunk(slot).hashes[slot & WITHIN] = hash;
  }

  int group(int slot) {
    return chunk(slot).groups[slot & WITHIN];
  }

  void group(int slot, int group) {
    chunk(slot).groups[slot & WITHIN] = group;
  }

  int touched(int slot) {
    return chunk(slot).touched[slot & WITHIN];
  }

  void touch(int slot, int now) {
    chunk(slot).touched[slot & WITHIN] = now;
  }

  /** One bit for each holder. */
  int holders(int slot) {
    return Byte.toUnsignedInt(chunk(slot).holders[slot & WITHIN]);
  }

  void holders(int slot, int bits) {
    chunk(slot).holders[slot & WITHIN] = (byte) bits;
  }

  int previous(int slot) {
    return chunk(slot).previous[slot & WITHIN];
  }

  void previous(int slot, int before) {
    chunk(slot).previous[slot & WITHIN] = before;
  }

  int next(int slot) {
    return chunk(slot).next[slot & WITHIN];
  }

  void next(int slot, int after) {
    chunk(slot).next[slot & WITHIN] = after;
  }
}
