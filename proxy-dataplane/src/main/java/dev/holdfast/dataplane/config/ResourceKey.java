package dev.holdfast.dataplane.config;

import dev.holdfast.manifest.Manifest;

/** Names one resource. */
public record ResourceKey(String kind, String namespace, String name) {

  public static ResourceKey of(Manifest manifest) {
    return new ResourceKey(manifest.kind(), manifest.namespace(), manifest.name());
  }

  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
