package dev.holdfast.dataplane.agreement.peer;

import dev.holdfast.dataplane.admin.access.FollowedFiles;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Builds both kinds of connections, and looks after those that are introduced. */
final class Connections {
  private static final String TLS = "tls";

  private final PeerLimits limits;
  private final FollowedFiles<PeerTls> tls;
  private final Refusals refusals;
  private final ChannelGroup open;
  private final ChannelGroup introduced;

  Connections(PeerLimits limits, FollowedFiles<PeerTls> tls, Refusals refusals, EventLoop loop) {
    this.limits = limits;
    this.tls = tls;
    this.refusals = refusals;
    this.open = new DefaultChannelGroup(loop, true);
    this.introduced = new DefaultChannelGroup(loop);
  }

  /** Listens or talks, until it is closed. */
  void add(Channel channel) {
    open.add(channel);
  }

  void begin(Channel channel, Acquaintance acquaintance, Introduction.Host host) {
    add(channel);
    var current = tls.current();
    var context = acquaintance.dialled() ? current.client() : current.server();
    var handler = context.newHandler(channel.alloc());
    // the introduction has one deadline for all of it
    handler.setHandshakeTimeoutMillis(0);
    channel
        .pipeline()
        .addLast(TLS, handler)
        .addLast(new FrameDecoder(), new FrameEncoder())
        .addLast(
            new Introduction(acquaintance, refusals, limits.introducedWithin(), keeping(host)));
  }

  private Introduction.Host keeping(Introduction.Host host) {
    return new Introduction.Host() {
      @Override
      public void introduced(ChannelHandlerContext context, String peer) {
        introduced.add(context.channel());
        context.pipeline().addAfter(TLS, null, new Heartbeat(limits));
        host.introduced(context, peer);
      }

      @Override
      public void notIntroduced(String problem) {
        host.notIntroduced(problem);
      }
    };
  }

  /** Ends connections to those whose certificate has expired, or whose authority has gone. */
  void recheck() {
    for (var channel : introduced) {
      if (!isStillTrusted(channel)) {
        refusals.refuse(
            RefusalReason.Expired,
            String.valueOf(channel.remoteAddress()),
            "its certificate was good when it connected, and is no longer");
        channel.writeAndFlush(new Frame.Farewell("the certificate is no longer good"));
        channel.close();
      }
    }
  }

  private boolean isStillTrusted(Channel channel) {
    try {
      var session = channel.pipeline().get(SslHandler.class).engine().getSession();
      return session.getPeerCertificates() instanceof X509Certificate[] chain
          && tls.current().stillTrusts(chain);
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }

  /** Closes all, also those that are still to come. */
  void close(long seconds) {
    open.close().awaitUninterruptibly(seconds, TimeUnit.SECONDS);
  }
}
