package dev.holdfast.dataplane.relay;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A descriptor in reserve: whoever was accepted with the last one gets this for the connection to
 * the backend, and nobody else is accepted until there is another. Any thread.
 */
final class SpareDescriptor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpareDescriptor.class);

  private @Nullable DatagramChannel holder;

  /** Whether there is one in reserve now. */
  synchronized boolean refill() {
    if (holder == null) {
      try {
        holder = DatagramChannel.open();
      } catch (IOException e) {
        LOG.trace("none left", e);
        return false;
      }
    }
    return true;
  }

  /** Whether there was one, which can be taken now. */
  synchronized boolean spend() {
    if (holder == null) {
      return false;
    }
    close();
    return true;
  }

  @Override
  public synchronized void close() {
    if (holder != null) {
      try {
        holder.close();
      } catch (IOException e) {
        LOG.debug("a descriptor in reserve did not close cleanly", e);
      }
      holder = null;
    }
  }
}
