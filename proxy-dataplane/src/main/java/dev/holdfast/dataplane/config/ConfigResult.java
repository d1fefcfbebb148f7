package dev.holdfast.dataplane.config;

import dev.holdfast.manifest.Problem;
import java.util.List;

/** A manifest is taken whole or not at all. */
public sealed interface ConfigResult {

  record Accepted(ResourceConfig config) implements ConfigResult {}

  record Refused(List<Problem> problems) implements ConfigResult {}
}
