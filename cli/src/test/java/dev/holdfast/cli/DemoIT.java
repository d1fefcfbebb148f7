package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DemoIT {
  private HoldfastProcess demo;

  @AfterEach
  void end() {
    demo.close();
  }

  @Test
  @DisplayName("Whoever stops the primary sees the next one take over, and may quit")
  void failover() throws Exception {
    demo = HoldfastProcess.start("demo", "--port", "0", "--admin", "127.0.0.1:0");
    var port = port();
    demo.awaitOut("pg-0 is the primary");
    assertThat(Client.greeting(port)).isEqualTo("Hello from pg-0.");
    demo.type("stop pg-0");
    demo.awaitOut("Failover: pg-0 -> pg-1, \\d+ ms without a primary \\(CheckFailed\\)\\.");

    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsInstanceOf(SocketException.class)
        .untilAsserted(() -> assertThat(Client.greeting(port)).isEqualTo("Hello from pg-1."));

    demo.type("quit");
    assertThat(demo.awaitExit()).isZero();
    assertThat(demo.err()).isEmpty();
    assertThat(demo.out()).allMatch(line -> line.length() <= 80);
  }

  @Test
  @DisplayName("The admin interface and its page show the demo, by the addresses that are printed")
  void status() throws Exception {
    demo = HoldfastProcess.start("demo", "--port", "0", "--admin", "127.0.0.1:0");
    var page = Integer.parseInt(demo.awaitOut("http://127.0.0.1:(\\d+)/ui/v1/$").group(1));
    var admin = Integer.parseInt(demo.awaitOut("http://127.0.0.1:(\\d+)/api/").group(1));
    assertThat(Http.get(page, "/ui/v1/").body()).contains("<html");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(Http.get(admin, "/api/v1/status").body())
                .contains("\"name\":\"postgres\"")
                .contains("\"health\":\"Healthy\""));
  }

  @Test
  @DisplayName("Whoever stops a server of the sample cloud sees its floating IP move")
  void floatingIps() throws Exception {
    demo = HoldfastProcess.start("demo", "--port", "0", "--admin", "127.0.0.1:0");
    demo.awaitOut("web-a \\(198\\.51\\.100\\.1\\) points to lb-1\\.");
    demo.type("stop lb-1");
    demo.awaitOut("lb-1 is unhealthy\\.");
    demo.awaitOut("web-a \\(198\\.51\\.100\\.1\\) points to lb-2\\.");
    demo.type("status");
    demo.awaitOut("web-a +198\\.51\\.100\\.1 +lb-2 +lb-2 +InPlace");
    demo.type("quit");
    assertThat(demo.awaitExit()).isZero();
  }

  @Test
  @DisplayName("It ends by itself when its time is up, with nobody at the keyboard")
  void timed() throws Exception {
    demo = HoldfastProcess.start("demo", "--port", "0", "--admin", "none", "--for", "1s");
    demo.endInput();

    assertThat(demo.awaitExit()).isZero();
  }

  @Test
  @DisplayName("Beside a server on the example's port it takes another one, and SIGTERM ends it")
  void portTaken() throws Exception {
    try (var taken = new ServerSocket()) {
      takeIfFree(taken);
      demo = HoldfastProcess.start("demo", "--admin", "none");
      demo.endInput();
      var port = port();
      demo.awaitOut("pg-0 is the primary");
      assertThat(port).isNotEqualTo(5432);
      assertThat(Client.greeting(port)).isEqualTo("Hello from pg-0.");
      demo.signal("TERM");
      assertThat(demo.awaitExit()).isZero();
    }
  }

  private int port() {
    return Integer.parseInt(demo.awaitOut("nc 127\\.0\\.0\\.1 (\\d+)").group(1));
  }

  /** Whoever has it already serves the purpose as well. */
  private static void takeIfFree(ServerSocket server) throws IOException {
    try {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5432));
    } catch (BindException inUse) {
      assertThat(inUse).hasMessageContaining("in use");
    }
  }
}
