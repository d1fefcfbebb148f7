package dev.holdfast.floatingip.fake;

import dev.holdfast.floatingip.fake.ApiReply.Delivery;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Answers a request as its route does, but for what a fault changes. */
record FaultyRoute(Project project, RandomGenerator random) {

  ApiReply answer(ApiRequest request, @Nullable Fault fault) {
    return switch (fault) {
      case null -> routed(request, null);
      case Fault.Answer(var status, var code, var message) -> answer(status, code, message);
      case Fault.Delay(var millis) -> routed(request, null).after(Duration.ofMillis(millis));
      case Fault.DropBefore() -> new ApiReply(0, null).delivered(Delivery.Dropped);
      case Fault.DropAfter() -> routed(request, null).delivered(Delivery.Dropped);
      case Fault.TruncatedJson() -> routed(request, null).delivered(Delivery.Truncated);
      case Fault.ForeignMove(var server) -> {
        project.point(Occasion.number(request.path().split("/")[2]), server);
        yield routed(request, null);
      }
      case Fault.ActionFails _, Fault.ActionNeverEnds _, Fault.ActionWithoutEffect _ ->
          routed(request, fault);
      case Fault.StaleRead _, Fault.ReorderedPages _ -> routed(request, fault);
    };
  }

  private ApiReply routed(ApiRequest request, @Nullable Fault fault) {
    var seen =
        fault instanceof Fault.StaleRead(var millis)
            ? project.at(project.now().minusMillis(millis))
            : project.inventory();
    try {
      return Routes.answer(new Occasion(request, project, seen, fault, random));
    } catch (ApiError e) {
      return e.reply();
    }
  }

  private static ApiReply answer(int status, @Nullable String code, @Nullable String message) {
    return new ApiReply(
        status,
        code == null
            ? null
            : ApiError.envelope(code, message == null ? "as it was asked for" : message, null));
  }
}
