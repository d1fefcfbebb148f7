package dev.holdfast.health.probe;

import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;

/** The last handler of a probe: whatever nobody else took ends it. */
final class ConversationEnd extends ChannelInboundHandlerAdapter {
  static final String NAME = "end";

  private final CompletableFuture<ProbeResult> result;

  ConversationEnd(CompletableFuture<ProbeResult> result) {
    this.result = result;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    result.complete(new Failure(Kind.Unfit, "it closed the connection without an answer"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    result.complete(failure(cause));
  }

  static Failure failure(Throwable cause) {
    return new Failure(Kind.Unfit, text(cause));
  }

  private static String text(Throwable cause) {
    return switch (cause) {
      case DecoderException wrapped when wrapped.getCause() != null -> text(wrapped.getCause());
      case SSLException tls -> "TLS: " + tlsText(tls);
      case IOException broken -> "the connection broke: " + broken.getMessage();
      default -> "the answer cannot be read: " + cause.getMessage();
    };
  }

  /** What a certificate lacks stands deep in the causes. */
  private static String tlsText(SSLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CertificateExpiredException expired -> {
          return "its certificate has expired, " + expired.getMessage();
        }
        case CertPathBuilderException untrusted -> {
          return "its certificate is not signed by an authority that is trusted";
        }
        case CertificateException other when other.getCause() == null -> {
          return "its certificate is not valid: " + other.getMessage();
        }
        default -> {}
      }
    }
    return String.valueOf(failure.getMessage());
  }
}
