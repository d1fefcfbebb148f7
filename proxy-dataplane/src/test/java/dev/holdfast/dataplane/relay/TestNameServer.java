package dev.holdfast.dataplane.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A name server on loopback, which tells resolvers to keep its answers for an hour. */
final class TestNameServer implements AutoCloseable {
  private static final int TTL_SECONDS = 3_600;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<String, List<InetAddress>> zone = new ConcurrentHashMap<>();
  private final InetSocketAddress address;
  private volatile boolean silent;

  TestNameServer() {
    var bound =
        new Bootstrap()
            .group(loops)
            .channel(NioDatagramChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new DatagramDnsQueryDecoder(),
                            new DatagramDnsResponseEncoder(),
                            new Answers());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly();
    address = (InetSocketAddress) bound.channel().localAddress();
  }

  /** From now on the name has these addresses, of either family. */
  void tell(String name, String... literals) throws UnknownHostException {
    var addresses = new ArrayList<InetAddress>();
    for (var literal : literals) {
      addresses.add(InetAddress.getByName(literal));
    }
    zone.put(name + ".", addresses);
  }

  /** From now on nobody gets an answer. */
  void goSilent() {
    silent = true;
  }

  DnsServerAddressStreamProvider asked() {
    return new SingletonDnsServerAddressStreamProvider(address);
  }

  /** The later ones when the earlier ones do not answer. */
  static DnsServerAddressStreamProvider inTurn(TestNameServer... servers) {
    return new SequentialDnsServerAddressStreamProvider(
        Stream.of(servers).map(server -> server.address).toArray(InetSocketAddress[]::new));
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }

  private final class Answers extends SimpleChannelInboundHandler<DatagramDnsQuery> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
      if (silent) {
        return;
      }
      var question = query.recordAt(DnsSection.QUESTION);
      var response = new DatagramDnsResponse(query.recipient(), query.sender(), query.id());
      response.addRecord(DnsSection.QUESTION, question);
      var addresses = zone.get(question.name());
      if (addresses == null) {
        response.setCode(DnsResponseCode.NXDOMAIN);
      } else {
        for (var known : addresses) {
          if (question.type().equals(typeOf(known))) {
            var data = ctx.alloc().buffer().writeBytes(known.getAddress());
            response.addRecord(
                DnsSection.ANSWER,
                new DefaultDnsRawRecord(question.name(), question.type(), TTL_SECONDS, data));
          }
        }
      }
      ctx.writeAndFlush(response);
    }

    private static DnsRecordType typeOf(InetAddress address) {
      return address instanceof Inet4Address ? DnsRecordType.A : DnsRecordType.AAAA;
    }
  }
}
