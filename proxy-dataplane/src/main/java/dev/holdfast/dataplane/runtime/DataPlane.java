package dev.holdfast.dataplane.runtime;

import dev.holdfast.dataplane.metrics.MetricSource;
import dev.holdfast.dataplane.status.LiveStatusBoard;
import dev.holdfast.dataplane.status.StatusBoard;
import dev.holdfast.manifest.Manifest;
import dev.holdfast.manifest.Problem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Runs the resources of a set of manifests in this process. Safe for use by many threads.
 *
 * <p>Configuration is taken whole or not at all, resource by resource: a resource that is refused
 * goes on with its last good configuration, and says so in its status.
 */
public final class DataPlane implements AutoCloseable {
  private final LiveStatusBoard board = new LiveStatusBoard();

  private DataPlane() {}

  public static DataPlane start(DataPlaneOptions options) {
    return new DataPlane();
  }

  /**
   * Makes these the resources that run: starts new ones, changes running ones in place, and drains
   * and stops those that are not among them. A manifest whose generation is below the running one's
   * of the same uid is ignored.
   *
   * @return why resources were refused; empty when all run as written
   */
  public synchronized List<Problem> apply(List<Manifest> manifests) {
    return manifests.stream().map(DataPlane::unknownKind).toList();
  }

  public StatusBoard status() {
    return board;
  }

  public List<MetricSource> metrics() {
    return List.of();
  }

  /** Whether every resource has a configuration that runs, and none is being drained. */
  public boolean ready() {
    return false;
  }

  /**
   * Stops being ready at once, then lets every resource's connections end within its {@code
   * shutdown.drainTimeout}. Completes when the last one has ended or has been cut.
   */
  public CompletionStage<Void> drain() {
    return CompletableFuture.completedStage(null);
  }

  /** Cuts what is left and frees everything. Closing twice does nothing. */
  @Override
  public void close() {}

  private static Problem unknownKind(Manifest manifest) {
    return new Problem(
        manifest.file(),
        0,
        "kind",
        manifest.kind() + " " + manifest.namespace() + "/" + manifest.name(),
        "this data plane does not run resources of kind " + manifest.kind());
  }
}
