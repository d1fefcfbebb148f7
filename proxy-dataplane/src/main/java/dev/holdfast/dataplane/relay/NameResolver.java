package dev.holdfast.dataplane.relay;

import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.List;

/** Turns a DNS name into addresses without blocking; used on one event loop. */
interface NameResolver extends AutoCloseable {

  /** All addresses, the preferred first. The caller sets the deadline. */
  Future<List<InetAddress>> resolveAll(String name);

  @Override
  void close();
}
