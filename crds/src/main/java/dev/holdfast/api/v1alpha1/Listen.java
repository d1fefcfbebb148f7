package dev.holdfast.api.v1alpha1;

/** Where clients connect. */
public record Listen(String address, int port) {}
