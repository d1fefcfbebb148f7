package dev.holdfast.dataplane.relay.epoll;

import io.netty.channel.ChannelPromise;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import java.util.function.Consumer;

/** What follows on a channel's registration with its loop. */
final class Registrations {
  private Registrations() {}

  /**
   * Tells the channel and then Netty. A registration that is done already, as on the loop itself,
   * is told at once: listeners that are nested too deeply are called later, but whoever has
   * registered a channel connects it in the next line.
   */
  static void complete(
      Future<IoRegistration> registering,
      ChannelPromise promise,
      Consumer<IoRegistration> registered) {
    if (registering.isDone()) {
      tell(registering, promise, registered);
    } else {
      registering.addListener(done -> tell(registering, promise, registered));
    }
  }

  private static void tell(
      Future<IoRegistration> done, ChannelPromise promise, Consumer<IoRegistration> registered) {
    if (done.isSuccess()) {
      registered.accept(done.getNow());
      promise.setSuccess();
    } else {
      promise.setFailure(done.cause());
    }
  }
}
