package dev.holdfast.api.v1alpha1;

/** How a data plane ends. */
public record Shutdown(String drainTimeout) {}
