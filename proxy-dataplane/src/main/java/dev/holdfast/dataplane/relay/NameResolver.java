package dev.holdfast.dataplane.relay;

import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Turns a DNS name into addresses without blocking; used on one event loop. */
interface NameResolver extends AutoCloseable {

  /**
   * All addresses, the preferred first.
   *
   * @param within after which the caller takes no answer any more: what is tried by then is the
   *     resolver's business
   */
  Future<List<InetAddress>> resolveAll(String name, Duration within);

  @Override
  void close();
}
