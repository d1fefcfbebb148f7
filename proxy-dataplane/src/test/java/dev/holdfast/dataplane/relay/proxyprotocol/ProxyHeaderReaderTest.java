package dev.holdfast.dataplane.relay.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProxyHeaderReaderTest {
  private static final Endpoints ENDPOINTS =
      new Endpoints(
          new InetSocketAddress("192.0.2.7", 5001), new InetSocketAddress("198.51.100.1", 443));

  @ParameterizedTest
  @EnumSource(value = ProxyProtocol.Send.class, mode = EnumSource.Mode.EXCLUDE, names = "None")
  @DisplayName("What is written is read, byte by byte, and what follows is passed on")
  void roundTrip(ProxyProtocol.Send version) {
    var channel = new EmbeddedChannel(new ProxyHeaderReader(false));
    var header = ProxyHeaders.encode(version, ENDPOINTS);
    while (header.isReadable()) {
      assertThat((Object) channel.readInbound()).isNull();
      channel.writeInbound(header.readBytes(1));
    }
    header.release();
    HAProxyMessage message = channel.readInbound();
    assertThat(ProxyHeaders.endpoints(message)).isEqualTo(ENDPOINTS);
    message.release();

    assertThat(channel.pipeline().toMap()).isEmpty();
    channel.writeInbound(bytes("more"));
    assertThat(text(channel)).isEqualTo("more");
  }

  @Test
  @DisplayName("A header and what follows in the same read are told apart")
  void together() {
    var channel = new EmbeddedChannel(new ProxyHeaderReader(true));
    channel.writeInbound(bytes("PROXY TCP4 192.0.2.7 198.51.100.1 5001 443\r\nmore"));
    HAProxyMessage message = channel.readInbound();
    assertThat(message.sourcePort()).isEqualTo(5001);
    message.release();
    assertThat(text(channel)).isEqualTo("more");
  }

  @Test
  @DisplayName("Other bytes are known at the first one that no header has there")
  void other() {
    var channel = new EmbeddedChannel(new ProxyHeaderReader(false));
    channel.writeInbound(bytes("PRO"));
    assertThat((Object) channel.readInbound()).isNull();
    channel.writeInbound(bytes("M"));
    assertThat(text(channel)).isEqualTo("PROM");
  }

  @Test
  @DisplayName("Without a required header there is an error, at once or at the deadline")
  void required() {
    var wrong = new EmbeddedChannel(new ProxyHeaderReader(true));
    assertThatThrownBy(() -> wrong.writeInbound(bytes("G")))
        .isInstanceOf(HAProxyProtocolException.class);
    wrong.finishAndReleaseAll();
    var late = new EmbeddedChannel(new ProxyHeaderReader(true));
    late.writeInbound(bytes("PROX"));
    late.pipeline().fireUserEventTriggered(ProxyHeaderReader.Deadline.Passed);
    assertThatThrownBy(late::checkException).isInstanceOf(HAProxyProtocolException.class);
    late.finishAndReleaseAll();
  }

  @Test
  @DisplayName("Beside an IPv6 address, an IPv4 address is mapped into IPv6")
  void mixedFamilies() {
    var mixed = new Endpoints(ENDPOINTS.client(), new InetSocketAddress("2001:db8::1", 443));
    var header = ProxyHeaders.encode(ProxyProtocol.Send.V1, mixed);
    assertThat(header.toString(StandardCharsets.US_ASCII))
        .isEqualTo("PROXY TCP6 ::ffff:192.0.2.7 2001:db8::1 5001 443\r\n");
    header.release();
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  private static String text(EmbeddedChannel channel) {
    ByteBuf bytes = channel.readInbound();
    try {
      return bytes.toString(StandardCharsets.US_ASCII);
    } finally {
      bytes.release();
    }
  }
}
