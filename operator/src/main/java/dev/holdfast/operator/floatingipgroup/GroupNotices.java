package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.floatingip.loop.GroupNotice;
import dev.holdfast.floatingip.notify.NoticeText;
import dev.holdfast.operator.events.Notice;
import dev.holdfast.operator.status.Conditions;
import dev.holdfast.operator.status.Verdict;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Events of what people want to hear of a group. */
final class GroupNotices {

  private GroupNotices() {}

  /**
   * @param group what people call it
   */
  static Notice of(String group, GroupNotice notice, Instant at) {
    var message = NoticeText.of(group, notice);
    var note =
        Stream.concat(Stream.of(message.headline()), message.details().stream())
            .collect(Collectors.joining("; "))
            .replace("`", "");
    var kind = kind(notice);
    return new Notice(kind.type(), kind.reason(), kind.action(), note, at + "/" + note);
  }

  /** Of a condition that came up. */
  static Notice conflict(Verdict verdict) {
    return new Notice(
        Notice.Type.Warning,
        Conditions.OWNERSHIP_CONFLICT,
        verdict.reason(),
        verdict.message(),
        verdict.reason() + "/" + verdict.message());
  }

  private record Kind(Notice.Type type, String reason, String action) {}

  private static Kind kind(GroupNotice notice) {
    return switch (notice) {
      case GroupNotice.ServerUnhealthy _ -> warning("ServerUnhealthy", "Planned");
      case GroupNotice.ServerHealthyAgain _ -> normal("ServerHealthyAgain", "Planned");
      case GroupNotice.MembersChanged _ -> normal("MembersChanged", "Planned");
      case GroupNotice.PlanMade _ -> normal("PlanMade", "Planned");
      case GroupNotice.PlanApplied _ -> normal("PlanApplied", "Moved");
      case GroupNotice.MoveFailed _ -> warning("MoveFailed", "Moved");
      case GroupNotice.ProviderAway(var failure) ->
          warning(failure.concernsToken() ? "CredentialsRefused" : "ProviderAway", "Waited");
      case GroupNotice.ProviderBack _ -> normal("ProviderBack", "Polled");
      case GroupNotice.CertificateExpiring _ -> warning("CertificateExpiring", "Checked");
    };
  }

  private static Kind normal(String reason, String action) {
    return new Kind(Notice.Type.Normal, reason, action);
  }

  private static Kind warning(String reason, String action) {
    return new Kind(Notice.Type.Warning, reason, action);
  }
}
