package dev.holdfast.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class DnsNamesTest {
  private static final int TTL_SECONDS = 3_600;

  private final Transport transport = RelayFixture.transport(1);
  private final Map<String, String> zone = new ConcurrentHashMap<>();
  private NameResolver names;

  @BeforeEach
  void serve() {
    var server =
        new Bootstrap()
            .group(transport.loops())
            .channel(transport.datagrams())
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new DatagramDnsQueryDecoder(),
                            new DatagramDnsResponseEncoder(),
                            new Zone());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
    var address = (InetSocketAddress) server.localAddress();
    names =
        new DnsNames(
            transport.loops().next(),
            transport,
            new SingletonDnsServerAddressStreamProvider(address));
  }

  @AfterEach
  void stop() {
    transport.loops().next().submit(names::close).syncUninterruptibly();
    transport.close();
  }

  @Test
  @DisplayName("F3 a name is looked up anew for every connect, whatever its time to live")
  void anew() throws Exception {
    zone.put("pg-0.db.", "127.0.0.2");
    assertThat(resolve("pg-0.db")).containsExactly(InetAddress.getByName("127.0.0.2"));
    zone.put("pg-0.db.", "127.0.0.3");
    assertThat(resolve("pg-0.db")).containsExactly(InetAddress.getByName("127.0.0.3"));
  }

  @Test
  @DisplayName("a name that nobody knows is an unknown host")
  void unknown() {
    assertThatThrownBy(() -> resolve("pg-9.db")).isInstanceOf(UnknownHostException.class);
  }

  private List<InetAddress> resolve(String name) throws Exception {
    var lookup =
        transport.loops().next().submit(() -> names.resolveAll(name)).get(5, TimeUnit.SECONDS);
    lookup.awaitUninterruptibly(10, TimeUnit.SECONDS);
    if (lookup.cause() instanceof UnknownHostException unknown) {
      throw unknown;
    }
    return lookup.get();
  }

  private final class Zone extends SimpleChannelInboundHandler<DatagramDnsQuery> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query)
        throws UnknownHostException {
      var question = query.recordAt(DnsSection.QUESTION);
      var response = new DatagramDnsResponse(query.recipient(), query.sender(), query.id());
      response.addRecord(DnsSection.QUESTION, question);
      var address = zone.get(question.name());
      if (address == null) {
        response.setCode(DnsResponseCode.NXDOMAIN);
      } else if (question.type().equals(DnsRecordType.A)) {
        var data = ctx.alloc().buffer().writeBytes(InetAddress.getByName(address).getAddress());
        response.addRecord(
            DnsSection.ANSWER,
            new DefaultDnsRawRecord(question.name(), DnsRecordType.A, TTL_SECONDS, data));
      }
      ctx.writeAndFlush(response);
    }
  }
}
