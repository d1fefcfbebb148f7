package dev.holdfast.dataplane.agreement.stick.member;

import dev.holdfast.dataplane.agreement.Moment;
import org.jspecify.annotations.Nullable;

/**
 * What the relay was told.
 *
 * @param open whether new clients are admitted
 * @param until when connections may move bytes; null while there are none
 * @param severing whether they are being cut
 */
record Door(boolean open, @Nullable Moment until, boolean severing) {

  static Door closed() {
    return new Door(false, null, false);
  }

  /** Whether there may be connections. */
  boolean used() {
    return until != null;
  }

  Door opened(Moment next) {
    return new Door(true, next, false);
  }

  Door prolonged(Moment next) {
    return new Door(open, next, severing);
  }

  Door withdrawn() {
    return new Door(false, until, severing);
  }

  Door sever() {
    return new Door(false, until, true);
  }

  Door severed() {
    return severing ? closed() : this;
  }
}
