package dev.holdfast.dataplane.agreement.peer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.function.Consumer;

/** The end of a connection that asks. */
final class AskingEnd extends SimpleChannelInboundHandler<Frame> {
  private final Questions questions;
  private final Consumer<String> problem;

  /**
   * @param problem told why the connection ends
   */
  AskingEnd(Questions questions, Consumer<String> problem) {
    this.questions = questions;
    this.problem = problem;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Frame frame) {
    switch (frame) {
      case Frame.Answer(var id, var content) -> questions.answered(id, content);
      case Frame.Refused(var id, var message) -> questions.refused(id, message);
      case Frame.Ping() -> {}
      case Frame.Farewell(var message) -> end(context, "refused by the peer: " + message);
      case Frame.Hello _, Frame.Question _, Frame.Forgotten _ ->
          end(context, "the peer sent what only askers send");
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    questions.send();
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(context, RefusalReason.unwrapped(cause).toString());
  }

  private void end(ChannelHandlerContext context, String why) {
    problem.accept(why);
    context.close();
  }
}
