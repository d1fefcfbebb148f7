package dev.holdfast.dataplane.admin;

import dev.holdfast.api.dataplane.ResourceStatus;
import dev.holdfast.dataplane.metrics.MetricSource;
import dev.holdfast.dataplane.status.StatusBoard;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the admin interface shows and hands on. All but the sink are called on its event loop and
 * must not block.
 *
 * @param metrics asked anew for each scrape
 * @param ready whether the configuration is loaded and nothing is being drained
 */
public record AdminContent(
    StatusBoard<? extends ResourceStatus> status,
    Supplier<List<MetricSource>> metrics,
    BooleanSupplier ready,
    ConfigSink config,
    PrimarySwitch primaries,
    StickControl.Directory balancers) {}
