package dev.holdfast.dataplane.relay.epoll;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop's pipes. There are a few, so that receivers that have stopped reading cannot fill
 * the kernel's memory: who gets none copies. On that loop only.
 */
public final class PipePool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PipePool.class);
  private static final int MAX_OPEN = 32;
  private static final int MAX_UNUSED = 8;

  /** Where the user's pipes may not be that large together, a pipe stays as small as it is made. */
  private static final int WANTED_CAPACITY = 1 << 20;

  private static final int DEFAULT_CAPACITY = 64 * 1024;

  private final SpliceLoader loader;
  private final Deque<Pipe> unused = new ArrayDeque<>();
  private @Nullable Splice splice;
  private int open;

  public PipePool(SpliceLoader loader) {
    this.loader = loader;
  }

  /** An empty pipe, or null where one should copy: for want of pipes, descriptors or splice(2). */
  public @Nullable Pipe take() {
    var pipe = unused.pollLast();
    if (pipe != null) {
      return pipe;
    }
    if (open == MAX_OPEN || !loader.isLoaded()) {
      return null;
    }
    try {
      return make();
    } catch (IOException e) {
      LOG.debug("copying, because there is no pipe to be had", e);
      return null;
    }
  }

  private Pipe make() throws IOException {
    if (splice == null) {
      splice = new Splice();
    }
    var ends = FileDescriptor.pipe();
    open++;
    var capacity = splice.resize(ends[1].intValue(), WANTED_CAPACITY);
    return new Pipe(splice, ends[0], ends[1], capacity > 0 ? capacity : DEFAULT_CAPACITY);
  }

  /** What is still in the pipe is lost. */
  public void takeBack(Pipe pipe) {
    if (pipe.content() == 0 && unused.size() < MAX_UNUSED) {
      unused.addLast(pipe);
    } else {
      discard(pipe);
    }
  }

  private void discard(Pipe pipe) {
    open--;
    pipe.close();
  }

  /** Closes the unused pipes. */
  @Override
  public void close() {
    while (!unused.isEmpty()) {
      discard(unused.removeLast());
    }
  }
}
