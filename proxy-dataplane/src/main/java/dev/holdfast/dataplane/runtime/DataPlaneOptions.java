package dev.holdfast.dataplane.runtime;

/**
 * How a data plane runs, whatever its resources are.
 *
 * @param instance what status and metrics call this process: the pod's name, or the host's
 * @param eventLoops threads that move bytes; 0 means one per processor
 * @param accessLog whether each connection is told at its end
 */
public record DataPlaneOptions(String instance, int eventLoops, boolean accessLog) {

  public DataPlaneOptions {
    if (eventLoops < 0) {
      throw new IllegalArgumentException("eventLoops must be 0 or more, found " + eventLoops);
    }
  }

  public static DataPlaneOptions of(String instance) {
    return new DataPlaneOptions(instance, 0, false);
  }

  public DataPlaneOptions withAccessLog(boolean on) {
    return new DataPlaneOptions(instance, eventLoops, on);
  }

  public DataPlaneOptions withEventLoops(int threads) {
    return new DataPlaneOptions(instance, threads, accessLog);
  }
}
