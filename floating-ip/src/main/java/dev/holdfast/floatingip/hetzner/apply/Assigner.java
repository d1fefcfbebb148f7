package dev.holdfast.floatingip.hetzner.apply;

import dev.holdfast.floatingip.hetzner.ApiException;
import dev.holdfast.floatingip.hetzner.HetznerClient;
import dev.holdfast.floatingip.hetzner.Pacer;
import dev.holdfast.floatingip.hetzner.assign.Assignment;
import dev.holdfast.floatingip.hetzner.assign.AssignmentEffect;
import dev.holdfast.floatingip.hetzner.assign.AssignmentEvent;
import dev.holdfast.floatingip.hetzner.assign.AssignmentPolicy;
import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.hetzner.assign.Step;
import java.time.Duration;

/** Carries out one {@link Assignment}: decides nothing. Blocks; for any number of threads. */
public final class Assigner {
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

  private final HetznerClient client;
  private final Pacer pacer;
  private final Probe probe;
  private final AssignmentPolicy policy;
  private final ActionReads actions;

  /**
   * @param probe asked through moved IPs, if the policy says so
   */
  public Assigner(HetznerClient client, Pacer pacer, Probe probe, AssignmentPolicy policy) {
    this.client = client;
    this.pacer = pacer;
    this.probe = probe;
    this.policy = policy;
    this.actions = new ActionReads(client, pacer, READ_TIMEOUT);
  }

  /**
   * @throws InterruptedException when the thread is to end: a write may have been made
   */
  public Outcome run(Move move, WritePermit permit) throws InterruptedException {
    var step = Assignment.begin(move, policy, pacer.now());
    while (true) {
      switch (step) {
        case Step.End(var outcome) -> {
          return outcome;
        }
        case Step.Next(var state, var effect, var pause) -> {
          if (pause.isPositive()) {
            pacer.pause(pause);
          }
          var event = carryOut(effect, move, permit);
          step = Assignment.on(state, event, pacer.now());
        }
      }
    }
  }

  private AssignmentEvent carryOut(AssignmentEffect effect, Move move, WritePermit permit)
      throws InterruptedException {
    try {
      return switch (effect) {
        case AssignmentEffect.ReadIp() ->
            new AssignmentEvent.IpRead(client.floatingIp(move.floatingIp(), READ_TIMEOUT));
        case AssignmentEffect.Assign() ->
            permit.granted()
                ? new AssignmentEvent.Accepted(client.assign(move.floatingIp(), move.to()))
                : new AssignmentEvent.NotAllowed();
        case AssignmentEffect.Unassign() ->
            permit.granted()
                ? new AssignmentEvent.Accepted(client.unassign(move.floatingIp()))
                : new AssignmentEvent.NotAllowed();
        case AssignmentEffect.ReadAction(var id) ->
            new AssignmentEvent.ActionRead(actions.read(id).orElse(null));
        case AssignmentEffect.ReadRunningAction() ->
            new AssignmentEvent.RunningActionRead(
                client.runningAction(move.floatingIp(), READ_TIMEOUT).orElse(null));
        case AssignmentEffect.Probe(var address) ->
            new AssignmentEvent.Probed(probe.answers(address, PROBE_TIMEOUT));
      };
    } catch (ApiException e) {
      return new AssignmentEvent.CallFailed(e.failure());
    }
  }
}
