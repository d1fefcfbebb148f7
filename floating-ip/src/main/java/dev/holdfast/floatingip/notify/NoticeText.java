package dev.holdfast.floatingip.notify;

import static dev.holdfast.floatingip.notify.Message.code;

import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.Server;
import dev.holdfast.floatingip.loop.ApplyPolicy;
import dev.holdfast.floatingip.loop.ChangeSet;
import dev.holdfast.floatingip.loop.GroupNotice;
import dev.holdfast.floatingip.loop.GroupNotice.ServerLine;
import dev.holdfast.floatingip.notify.Message.ServerRow;
import dev.holdfast.floatingip.plan.Step;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** All that people are told of a group, in words. */
public final class NoticeText {
  private static final int MAX_LINES = 50;

  private NoticeText() {}

  /**
   * @param group what people call it
   */
  public static Message of(String group, GroupNotice notice) {
    return switch (notice) {
      case GroupNotice.ServerUnhealthy(var server, var failing, var servers) ->
          message(
              group, name(server) + " is unhealthy", failing.stream().map(Message::code), servers);
      case GroupNotice.ServerHealthyAgain(var server, var unhealthyFor, var servers) ->
          message(group, name(server) + " is healthy again", after(unhealthyFor), servers);
      case GroupNotice.MembersChanged(var changes) ->
          message(group, "the group has changed", changed(changes), List.of());
      case GroupNotice.PlanMade made -> planMade(group, made);
      case GroupNotice.PlanApplied applied -> planApplied(group, applied);
      case GroupNotice.MoveFailed failed -> moveFailed(group, failed);
      case GroupNotice.ProviderAway(var failure) -> providerAway(group, failure);
      case GroupNotice.ProviderBack(var away) ->
          message(group, "the provider is back", after(away), List.of());
      case GroupNotice.CertificateExpiring(var server, var critical, var text) ->
          message(
              group,
              "a certificate of %s ends %s"
                  .formatted(name(server), critical ? "very soon" : "soon"),
              Stream.of(code(text)),
              List.of());
    };
  }

  private static Message planMade(String group, GroupNotice.PlanMade made) {
    var steps = made.plan().steps();
    return message(
        group,
        "%s with %s%s".formatted(plan(made.id()), count(steps.size(), "move"), fate(made.mode())),
        Stream.concat(steps.stream().map(NoticeText::step), advice(made.mode(), made.id())),
        List.of());
  }

  private static Message planApplied(String group, GroupNotice.PlanApplied applied) {
    return message(
        group,
        "%s is applied: %s moved"
            .formatted(plan(applied.id()), count(applied.moved(), "floating IP")),
        stillUnhealthy(applied.servers()),
        applied.servers());
  }

  private static Message moveFailed(String group, GroupNotice.MoveFailed failed) {
    return message(
        group,
        "%s was not moved to %s".formatted(code(failed.floatingIp()), code(failed.to())),
        Stream.of(sentence(failed.outcome()), "in " + plan(failed.id())),
        List.of());
  }

  private static Message providerAway(String group, ApiFailure failure) {
    return message(
        group,
        failure.concernsToken()
            ? "the provider refuses the API token"
            : "the provider cannot be used",
        Stream.of(code(failure.message()), "Nothing is moved until that is over."),
        List.of());
  }

  private static Message message(
      String group, String event, Stream<String> details, List<ServerLine> servers) {
    var lines = new ArrayList<>(details.toList());
    if (lines.size() > MAX_LINES) {
      var more = lines.size() - MAX_LINES;
      lines.subList(MAX_LINES, lines.size()).clear();
      lines.add("and %d more".formatted(more));
    }
    var rows = servers.stream().map(line -> new ServerRow(line.name(), line.health())).toList();
    return new Message(group, code(group) + ": " + event, lines, rows);
  }

  private static Stream<String> changed(ChangeSet changes) {
    return Stream.of(
            lines(changes.servers().added(), NoticeText::name, "new server %s"),
            lines(changes.servers().removed(), NoticeText::name, "server %s is gone"),
            lines(changes.floatingIps().added(), NoticeText::name, "new floating IP %s"),
            lines(changes.floatingIps().removed(), NoticeText::name, "floating IP %s is gone"))
        .flatMap(lines -> lines);
  }

  private static <T> Stream<String> lines(
      List<T> items, Function<T, String> name, String sentence) {
    return items.stream().map(item -> sentence.formatted(name.apply(item)));
  }

  private static String step(Step step) {
    var ip = code(step.floatingIp().name());
    var to = code(step.to().name());
    var reason = step.reason().sentence();
    return step.from().isPresent()
        ? "%s from server %d to %s: %s".formatted(ip, step.from().getAsLong(), to, reason)
        : "%s to %s: %s".formatted(ip, to, reason);
  }

  private static String fate(ApplyPolicy.Mode mode) {
    return switch (mode) {
      case Apply -> " is carried out";
      case Plan -> ": read only, nothing is moved";
      case Approve -> " waits for approval";
    };
  }

  private static Stream<String> advice(ApplyPolicy.Mode mode, String id) {
    return switch (mode) {
      case Apply, Plan -> Stream.empty();
      case Approve -> Stream.of("approve it: " + code("holdfast.dev/approve-plan=" + id));
    };
  }

  private static Stream<String> stillUnhealthy(List<ServerLine> servers) {
    var unhealthy = GroupNotice.unhealthy(servers);
    return unhealthy == 0
        ? Stream.of("no server is unhealthy")
        : Stream.of("still unhealthy: " + count(unhealthy, "server"));
  }

  private static String sentence(Outcome outcome) {
    return switch (outcome) {
      case Outcome.AlreadyThere _ -> "it was there already";
      case Outcome.Moved(_) -> "it was moved";
      case Outcome.Silent _ ->
          "the provider has moved it, but nothing answers through it: does the server own it?";
      case Outcome.ForeignWriter(var server) ->
          "somebody else moved it to %s meanwhile"
              .formatted(server == null ? "no server" : "server " + server);
      case Outcome.Stopped _ -> "this process may change nothing any more";
      case Outcome.Failed(var cause, var written) ->
          code(cause.message()) + (written ? "; it may have moved all the same" : "");
    };
  }

  private static String plan(String id) {
    return "plan " + code(id);
  }

  private static String name(Server server) {
    return code(server.name());
  }

  private static String name(FloatingIp ip) {
    return "%s %s".formatted(code(ip.name()), code(ip.address()));
  }

  private static String count(long number, String thing) {
    return "%d %s%s".formatted(number, thing, number == 1 ? "" : "s");
  }

  private static Stream<String> after(Duration duration) {
    var seconds = duration.truncatedTo(ChronoUnit.SECONDS);
    return Stream.of(
        "after " + seconds.toString().substring("PT".length()).toLowerCase(Locale.ROOT));
  }
}
