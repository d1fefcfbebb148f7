package dev.holdfast.dataplane.agreement.raft;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A member's file is not what that member wrote. It must not go on with it: it could vote twice, or
 * take back what it said it keeps. When a majority of the others is well, it may throw its
 * directory away and join as another member.
 */
public final class LogDamaged extends IOException {
  private final transient Path file;

  LogDamaged(Path file, String why) {
    super(
        "%s: %s; if a majority of the members is well, remove this member's directory and let it join anew, else restore it"
            .formatted(file, why));
    this.file = file;
  }

  public Path file() {
    return file;
  }
}
