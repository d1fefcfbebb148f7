package dev.holdfast.health.probe;

import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Success;
import dev.holdfast.health.probe.TlsOptions.WarnExpiry;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that is begun when the handshake is over.
 *
 * @param name asked for, and looked for in the certificate
 */
record TlsConversation(
    SslContext context,
    Address name,
    WarnExpiry warnExpiry,
    InstantSource clock,
    Conversation inner)
    implements Conversation {

  @Override
  public void begin(ChannelPipeline pipeline, CompletableFuture<ProbeResult> result) {
    var tls = context.newHandler(pipeline.channel().alloc(), name.host(), name.port());
    tls.setHandshakeTimeoutMillis(0); // the probe's own deadline covers it
    tls.handshakeFuture()
        .addListener(done -> {
          if (done.isSuccess()) {
            inner.begin(pipeline, withWarning(tls, result));
          } else {
            result.complete(ConversationEnd.failure(done.cause()));
          }
        });
    pipeline.addBefore(ConversationEnd.NAME, null, tls);
  }

  private CompletableFuture<ProbeResult> withWarning(
      SslHandler tls, CompletableFuture<ProbeResult> result) {
    var answered = new CompletableFuture<ProbeResult>();
    var _ =
        answered.thenAccept(answer ->
            result.complete(
                switch (answer) {
                  case Success _ -> success(tls);
                  case Failure failure -> failure;
                }));
    return answered;
  }

  private ProbeResult success(SslHandler tls) {
    var leaf = leaf(tls);
    return leaf == null
        ? new Success()
        : new Success(warnExpiry.judge(leaf.getNotAfter().toInstant(), clock.instant()));
  }

  private static @Nullable X509Certificate leaf(SslHandler tls) {
    try {
      var chain = tls.engine().getSession().getPeerCertificates();
      return chain[0] instanceof X509Certificate leaf ? leaf : null;
    } catch (SSLPeerUnverifiedException e) {
      return null; // a cipher suite without certificates
    }
  }
}
