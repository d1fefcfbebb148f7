package dev.holdfast.dataplane.agreement.ledger;

/**
 * Where a primary's clients go. It is committed, and not looked up in each replica's configuration,
 * because two replicas may have two configurations for a while.
 *
 * @param host an address or a name, resolved for each connect
 */
public record Target(String name, String host, int port) {}
