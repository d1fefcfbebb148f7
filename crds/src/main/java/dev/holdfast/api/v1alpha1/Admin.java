package dev.holdfast.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** The admin interface, where it is not the operator that decides. */
public record Admin(String address, int port, @Nullable SecretKeyRef tokenSecretRef) {}
