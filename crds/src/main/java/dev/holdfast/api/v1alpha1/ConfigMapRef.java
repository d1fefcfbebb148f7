package dev.holdfast.api.v1alpha1;

/** A ConfigMap in the resource's namespace. */
public record ConfigMapRef(String configMapName) {}
