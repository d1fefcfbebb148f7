package dev.holdfast.operator.workload;

/**
 * A port that clients connect to.
 *
 * @param name within the Service
 * @param service number of the Service's port
 * @param listen number of the pods' port
 */
public record ClientPort(String name, int service, int listen) {}
