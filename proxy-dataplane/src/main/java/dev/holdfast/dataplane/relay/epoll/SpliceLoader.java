package dev.holdfast.dataplane.relay.epoll;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds splice(2) when it is wanted for the first time, on a thread of its own: it takes a tenth of
 * a second and some megabytes, which a process that relays no bulk need not spend. Any thread.
 */
public final class SpliceLoader {
  private static final Logger LOG = LoggerFactory.getLogger(SpliceLoader.class);

  private enum State {
    NotWanted,
    Loading,
    Loaded,
    Unavailable
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.NotWanted);

  /** Returns at once; the first call starts the loading. */
  boolean isLoaded() {
    var before = state.get();
    if (before == State.NotWanted && state.compareAndSet(before, State.Loading)) {
      Thread.ofPlatform().daemon().name("splice-loader").start(this::tryLoading);
    }
    return before == State.Loaded;
  }

  private void tryLoading() {
    try {
      load();
      LOG.debug("bulk is moved by splice(2)");
    } catch (IOException e) {
      LOG.warn("bulk is copied: {}", e.getMessage());
    }
  }

  /**
   * Waits for it.
   *
   * @throws IOException says why splice(2) cannot be used
   */
  public void load() throws IOException {
    try {
      new Splice().probe();
      state.set(State.Loaded);
    } catch (IOException e) {
      state.set(State.Unavailable);
      throw e;
    } catch (LinkageError | IllegalCallerException e) {
      state.set(State.Unavailable);
      throw new IOException("native access is not allowed (%s)".formatted(e), e);
    }
  }
}
