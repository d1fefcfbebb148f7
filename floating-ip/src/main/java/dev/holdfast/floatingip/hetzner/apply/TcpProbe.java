package dev.holdfast.floatingip.hetzner.apply;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Somebody answers when a TCP connection can be made. */
public record TcpProbe(int port) implements Probe {

  @Override
  public boolean answers(String address, Duration timeout) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), Math.toIntExact(timeout.toMillis()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
