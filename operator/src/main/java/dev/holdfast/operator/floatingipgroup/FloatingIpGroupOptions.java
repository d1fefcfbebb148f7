package dev.holdfast.operator.floatingipgroup;

import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What is the same for all FloatingIpGroups.
 *
 * @param namespaces empty: all
 * @param identity of this operator among several
 * @param endpoints where tokens may be sent
 * @param leads whether this operator may write; asked directly before each write, by any thread
 */
public record FloatingIpGroupOptions(
    Set<String> namespaces, String identity, AllowedEndpoints endpoints, BooleanSupplier leads) {}
