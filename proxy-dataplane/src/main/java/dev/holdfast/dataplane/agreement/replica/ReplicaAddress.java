package dev.holdfast.dataplane.agreement.replica;

/**
 * Where a replica is to be reached by the others.
 *
 * @param name which its certificate says too
 * @param host an address, or a name that is looked up for each connect
 */
public record ReplicaAddress(String name, String host, int port) {}
