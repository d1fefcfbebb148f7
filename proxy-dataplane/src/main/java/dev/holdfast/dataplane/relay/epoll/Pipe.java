package dev.holdfast.dataplane.relay.epoll;

import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bytes on their way between two sockets, which stay in the kernel. For one thread at a time. */
public final class Pipe {
  /** The result of {@link #takeFrom} when the socket has nothing now. */
  public static final int WOULD_BLOCK = -1;

  private static final Logger LOG = LoggerFactory.getLogger(Pipe.class);

  private final Splice splice;
  private final FileDescriptor readEnd;
  private final FileDescriptor writeEnd;
  private final int capacity;
  private int content;

  Pipe(Splice splice, FileDescriptor readEnd, FileDescriptor writeEnd, int capacity) {
    this.splice = splice;
    this.readEnd = readEnd;
    this.writeEnd = writeEnd;
    this.capacity = capacity;
  }

  /** Bytes taken from a socket that have not been given to one. */
  public int content() {
    return content;
  }

  /**
   * Takes what the socket has, into the empty pipe: a fill level would not tell whether there is
   * room, because pages, not bytes, fill a pipe.
   *
   * @return how many bytes, 0 at the end of the stream, {@link #WOULD_BLOCK} for none now
   */
  public int takeFrom(Socket socket) throws IOException {
    assert content == 0;
    var taken = splice.move(socket.intValue(), writeEnd.intValue(), capacity);
    content = Math.max(taken, 0);
    return taken;
  }

  /** Gives the socket what it takes; returns how many bytes. */
  public int giveTo(Socket socket) throws IOException {
    var given = splice.move(readEnd.intValue(), socket.intValue(), content);
    if (given == WOULD_BLOCK) {
      return 0;
    }
    content -= given;
    return given;
  }

  void close() {
    close(readEnd);
    close(writeEnd);
  }

  private static void close(FileDescriptor end) {
    try {
      end.close();
    } catch (IOException e) {
      LOG.debug("a pipe did not close cleanly", e);
    }
  }
}
