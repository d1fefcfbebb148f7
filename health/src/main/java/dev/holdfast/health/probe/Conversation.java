package dev.holdfast.health.probe;

import io.netty.channel.ChannelPipeline;
import java.util.concurrent.CompletableFuture;

/** What a probe says to a backend once it is connected. */
interface Conversation {

  /**
   * Adds the handlers that begin it. Called on the channel's event loop before anything is read.
   *
   * @param result to be completed; the channel is closed then
   */
  void begin(ChannelPipeline pipeline, CompletableFuture<ProbeResult> result);
}
