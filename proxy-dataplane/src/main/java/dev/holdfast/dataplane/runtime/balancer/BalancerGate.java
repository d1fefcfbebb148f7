package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.relay.Admission;
import dev.holdfast.dataplane.relay.RelayServer;
import dev.holdfast.dataplane.sticky.GroupStanding;
import java.util.Collection;

/**
 * Tells the router and the relay what happens to clients, by the configuration and by how the
 * groups stand. Safe for use by many threads.
 */
final class BalancerGate {
  private final RelayServer relay;
  private final KeyRouter router;
  private BalancerConfig config;
  private Collection<GroupStanding> groups;
  private BalancerView view;
  private boolean settled;
  private boolean routing;
  private boolean lapsed;

  /** Whether the relay knows that it is closed for want of a lease. */
  private boolean told;

  BalancerGate(
      RelayServer relay,
      KeyRouter router,
      BalancerConfig config,
      Collection<GroupStanding> groups) {
    this.relay = relay;
    this.router = router;
    this.config = config;
    this.groups = groups;
    view = BalancerView.of(config, groups);
  }

  synchronized void configure(BalancerConfig next, Collection<GroupStanding> with) {
    config = next;
    groups = with;
    show();
  }

  synchronized void follow(Collection<GroupStanding> next) {
    groups = next;
    show();
  }

  /** From now on clients are admitted; whether any group takes them is another question. */
  synchronized void settle() {
    if (!settled) {
      settled = true;
      show();
    }
  }

  /**
   * @param now whether this process may admit nobody for want of a lease
   */
  synchronized void lapse(boolean now) {
    lapsed = now;
    show();
  }

  /** Whether this group serves anybody. */
  synchronized boolean serves(int group) {
    return view.serves(group);
  }

  synchronized boolean isSettled() {
    return settled;
  }

  /** Whether the ports are closed for want of a group. */
  synchronized boolean isShut() {
    return !routing;
  }

  /** Whether a new key would find a group. */
  synchronized boolean takesNewKeys() {
    return view.takesNewKeys();
  }

  private void show() {
    view = BalancerView.of(config, groups);
    router.follow(view);
    var shut =
        switch (view.whileNoGroup()) {
          case Hold -> false;
          case Close -> !settled;
          case Refuse -> !settled || lapsed || !view.servesAnybody();
        };
    if (shut == routing || (shut && lapsed != told)) {
      routing = !shut;
      told = lapsed;
      if (shut && lapsed) {
        relay.lapse(new Admission.Refuse());
      } else {
        relay.admit(shut ? new Admission.Refuse() : new Admission.Routed(router));
      }
    }
  }
}
