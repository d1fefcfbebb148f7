package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberPolicy;
import dev.holdfast.dataplane.config.AgreementConfig;
import dev.holdfast.dataplane.config.BalancedGroup;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.sticky.StickCommand;
import java.util.Objects;

/** What a member's decisions go by, of a balancer's configuration. */
final class StickMemberPolicies {
  private StickMemberPolicies() {}

  static AgreementConfig agreement(BalancerConfig config) {
    return Objects.requireNonNull(config.agreement(), "a resource that agrees");
  }

  static StickMemberPolicy of(BalancerConfig config) {
    var agreement = agreement(config);
    var groups = config.groups().stream().map(BalancedGroup::policy).toList();
    return new StickMemberPolicy(
        LeaseTerms.of(agreement.leaseDuration()),
        // outside a cluster a configuration has no number, and 0 would mean that there is none
        Math.max(1, config.version().generation()),
        StickCommand.Govern.of(groups, config.balance(), config.stickiness()),
        config.groups().stream()
            .flatMap(
                group -> group.checks().stream().map(check -> GroupChecks.policy(group, check)))
            .toList(),
        agreement.verdictAge());
  }
}
