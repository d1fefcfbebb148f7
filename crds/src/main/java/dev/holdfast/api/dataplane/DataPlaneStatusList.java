package dev.holdfast.api.dataplane;

import java.util.List;

/** Every resource that one data plane runs. */
public record DataPlaneStatusList(List<DataPlaneStatus> resources) {}
