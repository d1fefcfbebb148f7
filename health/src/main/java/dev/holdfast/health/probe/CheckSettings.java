package dev.holdfast.health.probe;

import dev.holdfast.health.Schedule;
import dev.holdfast.health.Thresholds;
import java.time.Duration;

/**
 * @param timeout a run that takes longer has failed
 */
public record CheckSettings(Schedule schedule, Duration timeout, Thresholds thresholds) {}
