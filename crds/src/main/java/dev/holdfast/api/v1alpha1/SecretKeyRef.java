package dev.holdfast.api.v1alpha1;

/** One key of a Secret in the resource's namespace. */
public record SecretKeyRef(String name, String key) {}
