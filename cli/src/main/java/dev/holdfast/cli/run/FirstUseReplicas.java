package dev.holdfast.cli.run;

import dev.holdfast.dataplane.agreement.group.place.PeerReplicas;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.replica.ReplicaMessage;
import dev.holdfast.dataplane.agreement.replica.Replicas;
import dev.holdfast.dataplane.agreement.replica.WireFormat;
import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.metrics.MetricSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A process whose resources do not agree loads nothing of what agreement needs. */
final class FirstUseReplicas implements Replicas, MetricSource {
  private final Supplier<PeerReplicas> maker;
  private @Nullable PeerReplicas made;

  FirstUseReplicas(Supplier<PeerReplicas> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized <C, S, M extends ReplicaMessage> Replica<C, S, M> open(
      Place place, WireFormat<C, S, M> format) {
    if (made == null) {
      made = maker.get();
    }
    return made.open(place, format);
  }

  @Override
  public synchronized void collect(MetricSink sink) {
    if (made != null) {
      made.collect(sink);
    }
  }
}
