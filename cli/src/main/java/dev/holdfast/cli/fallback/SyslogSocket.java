package dev.holdfast.cli.fallback;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A connected Unix datagram socket, which Java's own channels do not have. On Linux only. Not for
 * use by several threads at a time.
 */
final class SyslogSocket implements AutoCloseable {
  private static final short AF_UNIX = 1;
  private static final int MAX_PATH = 107;

  private final int descriptor;

  private SyslogSocket(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * @throws IOException when nobody listens there
   */
  static SyslogSocket connect(Path path) throws IOException {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new IOException("syslog is reached on Linux only");
    }
    var address = address(path);
    var socket = new SyslogSocket(Libc.datagramSocket());
    try {
      Libc.connect(socket.descriptor, address);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw new IOException(
          "syslog at %s cannot be reached: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Never waits: a message for which syslog has no room is lost, as it would be over UDP. */
  void send(byte[] message) throws IOException {
    try {
      Libc.send(descriptor, message);
    } catch (Libc.Failure e) {
      if (e.errno != Libc.EAGAIN) {
        throw e;
      }
    }
  }

  @Override
  public void close() throws IOException {
    Libc.close(descriptor);
  }

  /** A sockaddr_un: the family in two bytes, then the path and a zero. */
  private static byte[] address(Path path) throws IOException {
    var name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length > MAX_PATH) {
      throw new IOException("the path of syslog's socket is too long: " + path);
    }
    return ByteBuffer.allocate(2 + name.length + 1)
        .order(ByteOrder.nativeOrder())
        .putShort(AF_UNIX)
        .put(name)
        .array();
  }
}
