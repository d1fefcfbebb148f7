package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.relay.Claim;
import dev.holdfast.dataplane.sticky.table.StickKey;

/**
 * The connections that one key has in this process, all to one group. Once it is revoked no byte of
 * them is moved any more, and when the last of them is closed the key may go elsewhere.
 */
final class KeyClaim implements Claim {

  /** Hears of each change of the number of connections, on an event loop; at once. */
  @FunctionalInterface
  interface Listener {
    void changed(KeyClaim claim);
  }

  private final StickKey key;
  private final int group;
  private final Listener listener;
  private volatile boolean revoked;
  private int open;
  private boolean told;

  KeyClaim(StickKey key, int group, Listener listener) {
    this.key = key;
    this.group = group;
    this.listener = listener;
  }

  @Override
  public void opened() {
    count(1);
  }

  @Override
  public void closed() {
    count(-1);
  }

  /** Has it looked at, though nothing was opened or closed. */
  void announce() {
    count(0);
  }

  private void count(int more) {
    boolean news;
    synchronized (this) {
      open += more;
      news = !told;
      told = true;
    }
    if (news) {
      listener.changed(this);
    }
  }

  @Override
  public boolean revoked() {
    return revoked;
  }

  void revoke() {
    revoked = true;
  }

  /** Connections now; what changes from now on is told again. */
  synchronized int look() {
    told = false;
    return open;
  }

  /** Revokes it unless there is a connection. */
  synchronized boolean retire() {
    if (open == 0) {
      revoked = true;
    }
    return open == 0;
  }

  StickKey stickKey() {
    return key;
  }

  int group() {
    return group;
  }

  @Override
  public String key() {
    return key.address().getHostAddress();
  }
}
