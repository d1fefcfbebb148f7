package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.CallBudget;
import dev.holdfast.floatingip.hetzner.model.RateLimit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the cloud is read.
 *
 * @param running null when none is under way
 * @param polls begun so far
 * @param dueAt when the next one is to begin
 * @param readAt of the newest snapshot that may be planned with; null when there is none
 * @param cost calls of the next poll, as far as is known
 * @param failure why the newest poll failed; null when it did not
 * @param failedSince when the first of the failed ones since the last good one ended
 * @param failures one after the other
 * @param rateLimit as last told; null before that
 */
record Reading(
    @Nullable Poll running,
    long polls,
    Instant dueAt,
    @Nullable Instant readAt,
    int cost,
    @Nullable ApiFailure failure,
    @Nullable Instant failedSince,
    int failures,
    @Nullable RateLimit rateLimit) {

  /**
   * @param interval until the next one begins, if it succeeds
   */
  record Poll(long number, Instant begunAt, Instant deadline, Duration interval) {}

  static Reading none(Instant now) {
    return new Reading(null, 0, now, null, CallBudget.pollCost(0, 0), null, null, 0, null);
  }

  Reading begin(Duration interval, Duration timeout, Instant now) {
    var poll = new Poll(polls + 1, now, now.plus(timeout), interval);
    return new Reading(
        poll, polls + 1, dueAt, readAt, cost, failure, failedSince, failures, rateLimit);
  }

  Reading succeeded(Poll poll, Instant newReadAt, int newCost) {
    return new Reading(
        null,
        polls,
        poll.begunAt().plus(poll.interval()),
        newReadAt,
        newCost,
        null,
        null,
        0,
        rateLimit);
  }

  Reading failed(ApiFailure why, Duration pause, Instant now) {
    return new Reading(
        null,
        polls,
        now.plus(pause),
        readAt,
        cost,
        why,
        failedSince == null ? now : failedSince,
        failures + 1,
        rateLimit);
  }

  /** What is known is not to be planned with, and a poll that is under way not to be taken. */
  Reading anew(Instant now) {
    return new Reading(null, polls, now, null, cost, failure, failedSince, failures, rateLimit);
  }

  Reading dueAt(Instant at) {
    return new Reading(running, polls, at, readAt, cost, failure, failedSince, failures, rateLimit);
  }

  Reading told(@Nullable RateLimit limit) {
    return limit == null
        ? this
        : new Reading(running, polls, dueAt, readAt, cost, failure, failedSince, failures, limit);
  }

  boolean tokenRefused() {
    return failure != null && failure.concernsToken();
  }
}
