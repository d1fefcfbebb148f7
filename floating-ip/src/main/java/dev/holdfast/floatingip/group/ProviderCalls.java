package dev.holdfast.floatingip.group;

import dev.holdfast.floatingip.hetzner.ApiException;
import dev.holdfast.floatingip.hetzner.HetznerClient;
import dev.holdfast.floatingip.hetzner.apply.Assigner;
import dev.holdfast.floatingip.hetzner.apply.CloudReader;
import dev.holdfast.floatingip.hetzner.apply.TcpProbe;
import dev.holdfast.floatingip.hetzner.apply.WritePermit;
import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.RateLimit;
import dev.holdfast.floatingip.loop.GroupEvent;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The provider as one configuration of a group reaches it. Blocks; for any number of threads. */
final class ProviderCalls {
  private final HetznerClient client;
  private final CloudReader reader;
  private final Assigner assigner;

  ProviderCalls(GroupConfig config, GroupSurroundings around) {
    // of its own, because many threads use it
    var random = new Random(around.random().nextLong());
    client = new HetznerClient(config.api(), around.transport(), around.pacer(), random);
    reader = new CloudReader(client, config.serverSelector(), config.floatingIpSelector());
    assigner =
        new Assigner(client, around.pacer(), new TcpProbe(config.verifyPort()), config.moves());
  }

  GroupEvent poll(long poll, Duration timeout) throws InterruptedException {
    try {
      return new GroupEvent.PollSucceeded(poll, reader.read(timeout), rateLimit());
    } catch (ApiException e) {
      return new GroupEvent.PollFailed(poll, e.failure(), rateLimit());
    } catch (IllegalStateException e) {
      return new GroupEvent.PollFailed(
          poll, new ApiFailure.Malformed("the answer could not be read: " + e), rateLimit());
    }
  }

  GroupEvent move(Move move, WritePermit permit) throws InterruptedException {
    return new GroupEvent.MoveEnded(move, assigner.run(move, permit), rateLimit());
  }

  private @Nullable RateLimit rateLimit() {
    return client.rateLimit().orElse(null);
  }
}
