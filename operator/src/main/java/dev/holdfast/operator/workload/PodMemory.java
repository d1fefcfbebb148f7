package dev.holdfast.operator.workload;

import dev.holdfast.api.v1alpha1.StickinessSpec;
import org.jspecify.annotations.Nullable;

/**
 * Memory of a data-plane pod, as Kubernetes quantities.
 *
 * @param heap most that the Java heap may take, as the virtual machine wants it; null: the image's
 *     own
 */
public record PodMemory(String request, String limit, @Nullable String heap) {

  /** Of a pod that keeps no table: the heap is the image's 64 MiB. */
  private static final PodMemory LONE = new PodMemory("96Mi", "192Mi", null);

  /** A log takes memory that is there from the start: no node shall have to find it later. */
  private static final PodMemory WITH_LOG = new PodMemory("256Mi", "256Mi", null);

  private static final int BESIDE_HEAP = 128;
  private static final int BESIDE_HEAP_WITH_LOG = 192;

  /** Connections, checks and what else does not grow with the table. */
  private static final int HEAP = 64;

  /** So that a small change of the table's size replaces no pod. */
  private static final int STEP = 64;

  /** Measured: 61 bytes for the table, and a copy of it while it is written down. */
  private static final long ENTRY_BYTES = 192;

  private static final int MEBIBYTE = 1 << 20;

  static PodMemory withoutTable(boolean log) {
    return log ? WITH_LOG : LONE;
  }

  /** All of it from the start: a table that has grown must not find its node full. */
  static PodMemory withTable(StickinessSpec stickiness, boolean log) {
    var bytes = stickiness.firstBytes();
    var slice = bytes == null ? 0 : bytes.end() - bytes.start();
    // The slice is in the table's key and in the copy's.
    var table = stickiness.maxEntries() * (ENTRY_BYTES + 2L * slice);
    var heap = Math.ceilDiv(HEAP + Math.ceilDiv(table, MEBIBYTE), STEP) * STEP;
    var all = heap + (log ? BESIDE_HEAP_WITH_LOG : BESIDE_HEAP) + "Mi";
    return new PodMemory(all, all, heap + "m");
  }
}
