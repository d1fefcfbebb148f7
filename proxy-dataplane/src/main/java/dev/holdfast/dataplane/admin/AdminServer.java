package dev.holdfast.dataplane.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.dataplane.admin.access.FollowedFiles;
import dev.holdfast.dataplane.admin.access.TlsMaterial;
import dev.holdfast.dataplane.admin.access.Tokens;
import dev.holdfast.dataplane.admin.http.HttpCounters;
import dev.holdfast.dataplane.admin.http.HttpServer;
import dev.holdfast.dataplane.admin.http.Route;
import dev.holdfast.dataplane.metrics.MetricSource;
import dev.holdfast.dataplane.metrics.ProcessMetrics;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data plane's HTTP interface. On loopback anybody on the machine may read; everything else
 * needs a bearer token or a client certificate.
 */
public final class AdminServer implements AutoCloseable {
  private final AdminThreads threads;
  private final HttpServer server;

  private AdminServer(AdminThreads threads, HttpServer server) {
    this.threads = threads;
    this.server = server;
  }

  /**
   * Serves until it is closed.
   *
   * @throws IllegalArgumentException when the options would leave the interface open to strangers,
   *     or a file of theirs cannot be used
   * @throws IOException when the address cannot be bound
   */
  public static AdminServer start(AdminOptions options, AdminContent content) throws IOException {
    var bound = bindable(options.address(), options.tlsDir());
    var tokens = tokens(options.tokenFile());
    var tls = tls(options.tlsDir(), bound.isLoopbackAddress() || tokens != null);
    var door = new AdminDoor(bound, tokens, tls);
    Supplier<SslContext> contexts = tls == null ? null : () -> tls.current().context();
    var threads = new AdminThreads();
    try {
      var counters = new HttpCounters();
      var routes = routes(content, sources(options, content, counters), threads.worker());
      var server =
          new HttpServer(
              "admin", options.address(), options.limits(), counters, door, routes, contexts);
      Stream.of(tokens, tls)
          .filter(files -> files != null)
          .forEach(files -> threads.repeat(files::refresh, options.fileRefresh()));
      return new AdminServer(threads, server);
    } catch (IOException | RuntimeException e) {
      threads.close();
      throw e;
    }
  }

  private static InetAddress bindable(InetSocketAddress address, @Nullable Path tlsDir)
      throws UnknownHostException {
    var bound = address.getAddress();
    if (bound == null) {
      throw new UnknownHostException(
          "%s: this host name has no address; give the admin interface another"
              .formatted(address.getHostString()));
    }
    if (!bound.isLoopbackAddress() && tlsDir == null) {
      throw new IllegalArgumentException(
          """
          the admin interface at %s:%d can be reached from other machines and has no TLS; \
          give it a TLS directory, or bind it to 127.0.0.1\
          """
              .formatted(address.getHostString(), address.getPort()));
    }
    return bound;
  }

  private static @Nullable FollowedFiles<Tokens> tokens(@Nullable Path file) {
    return file == null
        ? null
        : new FollowedFiles<>(
            List.of(file), contents -> Tokens.parse(new String(contents.getFirst(), UTF_8)));
  }

  /**
   * @param otherwise whether a client without a certificate may be somebody all the same
   */
  private static @Nullable FollowedFiles<TlsMaterial> tls(
      @Nullable Path directory, boolean otherwise) {
    return directory == null
        ? null
        : TlsMaterial.follow(directory, otherwise ? ClientAuth.OPTIONAL : ClientAuth.REQUIRE);
  }

  private static Supplier<List<MetricSource>> sources(
      AdminOptions options, AdminContent content, HttpCounters counters) {
    var process = new ProcessMetrics(options.version());
    return () ->
        Stream.concat(content.metrics().get().stream(), Stream.of(counters, process)).toList();
  }

  static List<Route> routes(
      AdminContent content, Supplier<List<MetricSource>> sources, Executor worker) {
    var routes = new ArrayList<>(ProbeRoutes.withBodies(content.ready()));
    routes.add(MetricsRoute.of(sources));
    routes.addAll(new StatusRoutes(content.status()).routes());
    routes.add(new ConfigRoute(content.config(), worker).route());
    routes.add(new PrimaryRoute(content.primaries(), PrimaryRoute.PATIENCE).route());
    routes.addAll(new GroupRoutes(content.balancers()).routes());
    routes.addAll(new StickTableRoutes(content.balancers()).routes());
    routes.add(SpecRoute.read());
    routes.addAll(UiRoutes.read());
    return routes;
  }

  /** With the port that was given when 0 was asked for. */
  public InetSocketAddress address() {
    return server.address();
  }

  /** Cuts what is open; returns after at most a few seconds. Closing twice does nothing. */
  @Override
  public void close() {
    server.close();
    threads.close();
  }
}
