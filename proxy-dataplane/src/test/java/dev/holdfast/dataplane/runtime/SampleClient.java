package dev.holdfast.dataplane.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that reads lines; nothing it does takes longer than ten seconds. */
public final class SampleClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private final Socket socket = new Socket();
  private final BufferedReader lines;

  public SampleClient(int port) throws IOException {
    this(1, port);
  }

  /**
   * @param host of the addresses 127.0.0.host, which are all this machine's
   */
  public SampleClient(int host, int port) throws IOException {
    socket.bind(new InetSocketAddress("127.0.0." + host, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The name of the backend that a new client reaches. */
  public static String reached(int port) throws IOException {
    try (var client = new SampleClient(port)) {
      return String.valueOf(client.line());
    }
  }

  /** The name of the backend that a new client from this address reaches. */
  public static String reached(int host, int port) throws IOException {
    try (var client = new SampleClient(host, port)) {
      return String.valueOf(client.lineOrReset());
    }
  }

  /** Null at the end. */
  public String line() throws IOException {
    return lines.readLine();
  }

  /** Null at the end, be it orderly or a reset. */
  public String lineOrReset() throws IOException {
    try {
      return line();
    } catch (SocketException reset) {
      return null;
    }
  }

  /** Sends a line and returns what comes back. */
  public String echo(String text) throws IOException {
    socket.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
    return line();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
