package dev.holdfast.floatingip.hetzner.model;

import java.util.Map;
import java.util.OptionalInt;

/** The label that pairs servers and floating IPs. */
public final class ResourceIndex {
  public static final String LABEL = "resource_index";

  private ResourceIndex() {}

  /** The label's number; empty when there is no label, or it is not a number from 0 up. */
  public static OptionalInt of(Map<String, String> labels) {
    try {
      var index = Integer.parseInt(labels.getOrDefault(LABEL, ""));
      return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
