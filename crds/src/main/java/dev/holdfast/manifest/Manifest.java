package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One resource that passed every check, with the schema's defaults filled in.
 *
 * @param uid null outside a cluster
 * @param generation 0 outside a cluster
 * @param tree the whole resource: apiVersion, kind, metadata, spec and, if it was there, status
 */
public record Manifest(
    String kind,
    String namespace,
    String name,
    @Nullable String uid,
    long generation,
    String file,
    ObjectNode tree) {}
