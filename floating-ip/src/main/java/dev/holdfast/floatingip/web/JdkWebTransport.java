package dev.holdfast.floatingip.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Over HTTP/1.1, with the JDK's client. Redirects are not followed: the address is for whom it
 * names alone. Safe for use by many threads.
 */
public final class JdkWebTransport implements WebTransport, AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  @Override
  public int send(WebCall call) throws NoAnswer, InterruptedException {
    var answer = client.sendAsync(request(call), BodyHandlers.discarding());
    try {
      // the request's own timeout ends with the header; this one covers the body
      return answer.get(call.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } catch (TimeoutException e) {
      throw tooLate(call);
    } catch (ExecutionException e) {
      throw noAnswer(e.getCause() == null ? e : e.getCause(), call);
    } finally {
      answer.cancel(true);
    }
  }

  private static HttpRequest request(WebCall call) {
    var request =
        HttpRequest.newBuilder(call.url().uri())
            .timeout(call.timeout())
            .header("User-Agent", "holdfast");
    if (call.body() != null) {
      request
          .header("Content-Type", "application/json; charset=utf-8")
          .POST(BodyPublishers.ofString(call.body(), UTF_8));
    }
    return request.build();
  }

  private static NoAnswer noAnswer(Throwable cause, WebCall call) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      switch (at) {
        case UnresolvedAddressException _ -> {
          return new NoAnswer("the host's name has no address");
        }
        case HttpConnectTimeoutException _ -> {
          return new NoAnswer("no connection in time");
        }
        case HttpTimeoutException _ -> {
          return tooLate(call);
        }
        case SSLException _ -> {
          return new NoAnswer("no TLS connection: the host or its certificate is not trusted");
        }
        default -> {}
      }
    }
    return new NoAnswer(
        cause instanceof ConnectException
            ? "no connection"
            : "the connection broke (" + cause.getClass().getSimpleName() + ")");
  }

  private static NoAnswer tooLate(WebCall call) {
    return new NoAnswer("no answer within " + call.timeout().toMillis() + "ms");
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
