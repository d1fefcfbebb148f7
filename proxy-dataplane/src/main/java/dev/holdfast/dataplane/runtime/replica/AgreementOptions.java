package dev.holdfast.dataplane.runtime.replica;

import dev.holdfast.dataplane.agreement.replica.Replicas;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a data plane needs so that its resources can agree with its peers.
 *
 * @param directory where their logs are kept
 * @param pods where the other pods are found; null outside a cluster, where the resource says it
 */
public record AgreementOptions(Replicas replicas, Path directory, @Nullable PodPeers pods) {}
