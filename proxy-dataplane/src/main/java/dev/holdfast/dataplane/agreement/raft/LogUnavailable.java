package dev.holdfast.dataplane.agreement.raft;

import java.io.IOException;

/** The log cannot do now what it is asked; what was proposed may or may not be committed yet. */
public final class LogUnavailable extends IOException {

  LogUnavailable(String why) {
    super(why);
  }

  LogUnavailable(String why, Throwable cause) {
    super(why, cause);
  }
}
