package dev.holdfast.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FailoverProxy} shall do. Schema defaults have been applied before this is bound.
 */
public record FailoverProxySpec(
    Listen listen,
    List<Backend> backends,
    @Nullable Discovery discovery,
    Selection selection,
    List<Check> checks,
    List<Hook> hooks,
    @Nullable ConfigMapRef scripts,
    Connections connections,
    int replicas,
    Agreement agreement,
    Storage storage,
    ServiceTemplate service,
    PodOverlay template,
    Shutdown shutdown,
    @Nullable Admin admin,
    List<Peer> peers,
    boolean paused) {}
