package dev.holdfast.dataplane.admin.access;

/**
 * Someone whose credentials were checked.
 *
 * @param name for the log: the token's place in its file or the certificate's name, never a secret
 */
public record Caller(String name, Scope scope) {}
