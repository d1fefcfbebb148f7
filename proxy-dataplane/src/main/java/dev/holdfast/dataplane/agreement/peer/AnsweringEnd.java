package dev.holdfast.dataplane.agreement.peer;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a connection that answers. An asker that keeps to its limits never meets those here,
 * which are as large.
 */
final class AnsweringEnd extends SimpleChannelInboundHandler<Frame> {
  private static final Logger log = LoggerFactory.getLogger(AnsweringEnd.class);
  private static final Map<String, PeerNetwork.Subject> SUBJECTS =
      Arrays.stream(PeerNetwork.Subject.values()).collect(toMap(Enum::name, identity()));

  private record Done(long id, Frame frame) {}

  private final String peer;
  private final PeerLimits limits;
  private final Map<PeerNetwork.Subject, PeerNetwork.Answerer> answerers;
  private final Channel channel;
  private final Batch<Done> answers;

  /** The lengths of the questions under way, by their ids. */
  private final Map<Long, Integer> underWay = new HashMap<>();

  private long underWayBytes;

  AnsweringEnd(
      String peer,
      PeerLimits limits,
      Map<PeerNetwork.Subject, PeerNetwork.Answerer> answerers,
      Channel channel) {
    this.peer = peer;
    this.limits = limits;
    this.answerers = answerers;
    this.channel = channel;
    this.answers = new Batch<>(channel.eventLoop(), this::write, channel::flush);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Frame frame) {
    switch (frame) {
      case Frame.Question question -> take(question);
      case Frame.Forgotten(var id) -> end(id);
      case Frame.Ping() -> {}
      case Frame.Farewell _ -> context.close();
      case Frame.Hello _, Frame.Answer _, Frame.Refused _ -> {
        log.warn("peers: {} sent what only answerers send; its connection is closed", peer);
        context.close();
      }
    }
  }

  private void take(Frame.Question question) {
    var id = question.id();
    var length = question.content().length;
    if (underWay.size() >= limits.waiting() || underWayBytes + length > limits.waitingBytes()) {
      var message = "%d questions of %s are under way".formatted(underWay.size(), peer);
      channel.writeAndFlush(new Frame.Refused(id, message), channel.voidPromise());
      return;
    }
    if (underWay.put(id, length) != null) {
      throw new CorruptedFrameException("a second question has the id " + id);
    }
    underWayBytes += length;
    ask(question)
        .whenComplete((answer, failure) -> {
          try {
            answers.add(new Done(id, frame(id, answer, failure)));
          } catch (RejectedExecutionException e) {
            log.debug("peers: an answer to {} comes after the end of the network", peer);
          }
        });
  }

  /** Whether the answer to it is still waited for. */
  private boolean end(long id) {
    var length = underWay.remove(id);
    underWayBytes -= length == null ? 0 : length;
    return length != null;
  }

  private void write(Done done) {
    if (!end(done.id())) {
      return;
    }
    if (channel.isWritable()) {
      channel.write(done.frame(), channel.voidPromise());
    } else if (channel.isActive()) {
      log.warn("peers: {} does not read its answers; its connection is closed", peer);
      channel.close();
    }
  }

  private CompletionStage<byte[]> ask(Frame.Question question) {
    var subject = SUBJECTS.get(question.subject());
    var answerer = subject == null ? null : answerers.get(subject);
    if (answerer == null) {
      return CompletableFuture.failedStage(
          new IllegalStateException("nobody here answers questions of that subject"));
    }
    try {
      return answerer.answer(peer, question.content());
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.info(
        "peers: the connection of {} ends: {}", peer, RefusalReason.unwrapped(cause).toString());
    context.close();
  }

  private static Frame frame(long id, byte @Nullable [] answer, @Nullable Throwable failure) {
    if (answer == null) {
      return new Frame.Refused(id, String.valueOf(failure));
    }
    return answer.length > PeerNetwork.MAX_BYTES
        ? new Frame.Refused(id, "the answer has %d bytes".formatted(answer.length))
        : new Frame.Answer(id, answer);
  }
}
