package dev.holdfast.dataplane.agreement.peer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who connected: strangers, of whom only the newest few stay, and one connection of each
 * peer. Used on the loop.
 */
final class Reception {
  private static final Logger log = LoggerFactory.getLogger(Reception.class);

  private final PeerLimits limits;
  private final Map<PeerNetwork.Subject, PeerNetwork.Answerer> answerers;
  private final Set<Channel> strangers = new LinkedHashSet<>();
  private final Map<String, Channel> known = new HashMap<>();

  Reception(PeerLimits limits, Map<PeerNetwork.Subject, PeerNetwork.Answerer> answerers) {
    this.limits = limits;
    this.answerers = answerers;
  }

  /**
   * Somebody connected. A handshake takes milliseconds: whoever is the oldest stranger while many
   * come is the least likely to be a peer.
   */
  Introduction.Host meet(Channel channel) {
    strangers.add(channel);
    channel.closeFuture().addListener(closed -> strangers.remove(channel));
    if (strangers.size() > limits.strangers()) {
      var oldest = strangers.iterator().next();
      strangers.remove(oldest);
      Introduction.evict(oldest);
    }
    return new Introduction.Host() {
      @Override
      public void introduced(ChannelHandlerContext context, String peer) {
        strangers.remove(channel);
        letIn(channel, peer);
      }

      @Override
      public void notIntroduced(String problem) {
        log.debug("peers: a connection ends before its introduction: {}", problem);
      }
    };
  }

  private void letIn(Channel channel, String peer) {
    channel.pipeline().addLast(new AnsweringEnd(peer, limits, answerers, channel));
    var before = known.put(peer, channel);
    channel.closeFuture().addListener(closed -> known.remove(peer, channel));
    if (before != null) {
      before.writeAndFlush(new Frame.Farewell("a newer connection of " + peer + " took over"));
      before.close();
    }
  }
}
