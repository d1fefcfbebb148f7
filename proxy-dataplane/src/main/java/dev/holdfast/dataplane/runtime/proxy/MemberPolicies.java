package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.member.MemberPolicy;
import dev.holdfast.dataplane.config.AgreementConfig;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.state.PrimaryStore;
import dev.holdfast.dataplane.state.SavedPrimary;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a member's decisions go by, of a resource's configuration. */
final class MemberPolicies {
  /** No backend has this name. */
  private static final String NOBODY = "";

  private MemberPolicies() {}

  /**
   * @param before may hold the primary of a process that decided alone
   */
  static MemberPolicy of(ProxyConfig config, PrimaryStore before) {
    var agreement = Objects.requireNonNull(config.agreement(), "a resource that agrees");
    var policy = config.policy();
    return new MemberPolicy(
        LeaseTerms.of(agreement.leaseDuration()),
        // outside a cluster a configuration has no number, and 0 would mean that there is none
        Math.max(1, config.version().generation()),
        policy.candidates(),
        policy.hooks(),
        policy.backoff(),
        agreement.verdictAge(),
        policy.failback(),
        floor(config, agreement, before));
  }

  /**
   * An epoch above the newest primary's was given to one that is not known: then no primary is
   * resumed. Nor is one when a group was given up for lost, because there may have been a newer
   * one; also not when its successor is recorded already, and has not chosen a primary yet.
   */
  private static MemberPolicy.@Nullable Floor floor(
      ProxyConfig config, AgreementConfig agreement, PrimaryStore before) {
    var saved = before.read(config.key(), config.version().uid());
    var newest = SavedPrimary.newest(config.floor(), saved);
    var recorded = agreement.recorded();
    var epoch = Math.max(recorded.epoch(), newest == null ? 0 : newest.epoch());
    if (newest != null && newest.epoch() == epoch && recorded.givenUp() == null) {
      return new MemberPolicy.Floor(newest.name(), epoch);
    }
    return epoch > 0 ? new MemberPolicy.Floor(NOBODY, epoch) : null;
  }
}
