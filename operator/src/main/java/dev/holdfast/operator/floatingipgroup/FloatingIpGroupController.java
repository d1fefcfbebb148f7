package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.operator.events.EventQueue;
import dev.holdfast.operator.events.EventWriter;
import dev.holdfast.operator.resource.WatchedResources;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/** Everything that FloatingIpGroups need, put together. */
public final class FloatingIpGroupController implements AutoCloseable {

  private final Groups groups;
  private final EventQueue events;
  private final InstantSource clock;

  private FloatingIpGroupController(Groups groups, EventQueue events, InstantSource clock) {
    this.groups = groups;
    this.events = events;
    this.clock = clock;
  }

  public static FloatingIpGroupController register(
      Operator operator,
      KubernetesClient client,
      MeterRegistry metrics,
      FloatingIpGroupOptions options) {
    var clock = InstantSource.system();
    var events = new EventQueue(new EventWriter(client, options.identity(), clock));
    var groups = new Groups(events, new GroupMetrics(metrics), options.leads());
    var setups = new Setups(options.endpoints(), new ReferenceReader(client));
    var deletion = new Deletion(client, setups, groups, events);
    operator.register(
        new FloatingIpGroupReconciler(setups, groups, deletion, new Approvals(events), clock),
        configuration -> WatchedResources.configure(configuration, options.namespaces()));
    return new FloatingIpGroupController(groups, events, clock);
  }

  /** Has the figures say what is true now, before somebody reads them. */
  public void measure() {
    groups.measure(clock.instant());
  }

  /** When it returns no floating IP is moved any more. */
  @Override
  public void close() {
    groups.close();
    events.close();
  }
}
