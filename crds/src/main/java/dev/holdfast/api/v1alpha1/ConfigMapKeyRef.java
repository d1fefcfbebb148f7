package dev.holdfast.api.v1alpha1;

/** One key of a ConfigMap in the resource's namespace. */
public record ConfigMapKeyRef(String name, String key) {}
