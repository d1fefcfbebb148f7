package dev.holdfast.floatingip.fake;

import java.util.List;
import java.util.stream.Stream;

/** What the provider may do to any call. */
final class CloudFaults {
  private static final List<Fault> EVERYWHERE =
      List.of(
          new Fault.Answer(409, "conflict", null),
          new Fault.Answer(423, "locked", null),
          new Fault.Answer(429, "rate_limit_exceeded", null),
          new Fault.Answer(500, "server_error", null),
          new Fault.Answer(502, null, null),
          new Fault.Answer(503, "unavailable", null),
          new Fault.Answer(504, null, null),
          new Fault.Delay(2_000),
          new Fault.Delay(20_000),
          new Fault.DropBefore(),
          new Fault.DropAfter(),
          new Fault.TruncatedJson(),
          new Fault.ActionFails("action_failed", "no"),
          new Fault.ActionWithoutEffect());

  private CloudFaults() {}

  static List<Fault> and(Fault... more) {
    return Stream.concat(EVERYWHERE.stream(), Stream.of(more)).toList();
  }
}
