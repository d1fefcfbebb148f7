package dev.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SampleBackendTest {
  private SampleBackend backend;

  @BeforeEach
  void start() throws IOException {
    backend = new SampleBackend("pg-0");
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  @Test
  @DisplayName("A client is greeted with the backend's name and gets back what it sends")
  void greets() throws IOException {
    try (var client = connect()) {
      assertThat(reader(client).readLine()).isEqualTo("Hello from pg-0.");
    }
    try (var client = connect()) {
      client.getOutputStream().write("abc".getBytes(StandardCharsets.UTF_8));
      client.shutdownOutput();
      assertThat(reader(client).lines()).containsExactly("Hello from pg-0.", "abc");
    }
  }

  @Test
  @DisplayName("A stopped backend resets its clients and refuses new ones, as a dead process does")
  void stopped() throws IOException {
    try (var client = connect()) {
      var lines = reader(client);
      lines.readLine();
      backend.stop();
      assertThatThrownBy(lines::readLine).isInstanceOf(SocketException.class);
    }
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    assertThat(backend.isRunning()).isFalse();
  }

  @Test
  @DisplayName("A backend that is started again serves on the same port")
  void startedAgain() throws IOException {
    backend.stop();
    backend.start();
    backend.start();
    try (var client = connect()) {
      assertThat(reader(client).readLine()).isEqualTo("Hello from pg-0.");
    }
  }

  private Socket connect() throws IOException {
    return new Socket(backend.address().getAddress(), backend.address().getPort());
  }

  private static BufferedReader reader(Socket client) throws IOException {
    return new BufferedReader(
        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
  }
}
