package dev.holdfast.floatingip.hetzner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;

/** Over HTTP/1.1, with the JDK's client. */
public final class JdkTransport implements HttpTransport, AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final int maxBody;

  /**
   * @param maxBody bytes; a larger answer fails
   */
  public JdkTransport(int maxBody) {
    this.maxBody = maxBody;
  }

  @Override
  public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
    var answer =
        client.sendAsync(
            request(call), BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), maxBody));
    try {
      // the request's own timeout ends with the header; this one covers the body
      return answer(answer.get(call.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer within " + call.timeout().toMillis() + "ms");
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static HttpRequest request(HttpCall call) {
    var body =
        call.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body(), UTF_8);
    var request =
        HttpRequest.newBuilder(call.uri())
            .method(call.method(), body)
            .timeout(call.timeout())
            .header("Authorization", "Bearer " + call.token().value())
            .header("User-Agent", "holdfast")
            .header("Accept", "application/json");
    if (call.body() != null) {
      request.header("Content-Type", "application/json");
    }
    return request.build();
  }

  private static HttpAnswer answer(HttpResponse<String> response) {
    var headers =
        response.headers().map().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT),
                    header -> header.getValue().getFirst(),
                    (first, _) -> first));
    return new HttpAnswer(response.statusCode(), Map.copyOf(headers), response.body());
  }

  private static IOException failure(Throwable cause) {
    return switch (cause) {
      case ConnectException e -> new NotSent("no connection: " + reason(e), e);
      case HttpConnectTimeoutException e -> new NotSent("no connection in time", e);
      case SSLHandshakeException e -> new NotSent("no TLS connection: " + e.getMessage(), e);
      case IOException e -> e;
      case Throwable e -> new IOException("the HTTP client failed: " + e, e);
    };
  }

  private static String reason(ConnectException e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof UnresolvedAddressException) {
        return "the host's name has no address";
      }
    }
    return e.getMessage() == null ? "refused" : e.getMessage();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
