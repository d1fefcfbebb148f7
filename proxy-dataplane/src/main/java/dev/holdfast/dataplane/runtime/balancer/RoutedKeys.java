package dev.holdfast.dataplane.runtime.balancer;

/**
 * What stands between the relay and a decider over keys.
 *
 * @param live keys that have connections here
 */
record RoutedKeys(KeyRouter router, LiveKeys live, BalancerGate gate, KeyCutter cutter) {}
