package dev.holdfast.floatingip.fake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.floatingip.hetzner.HttpAnswer;
import dev.holdfast.floatingip.hetzner.HttpCall;
import dev.holdfast.floatingip.hetzner.HttpTransport;
import dev.holdfast.floatingip.hetzner.VirtualPacer;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Carries requests to a cloud in virtual time, without a network.
 *
 * @param before called with each request before the cloud sees it
 */
record VirtualTransport(FakeCloud cloud, VirtualPacer pacer, Consumer<ApiRequest> before)
    implements HttpTransport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ROUND_TRIP = Duration.ofMillis(30);

  @Override
  public HttpAnswer send(HttpCall call) throws IOException {
    pacer.pause(ROUND_TRIP);
    var request = request(call);
    before.accept(request);
    var reply = cloud.handle(request);
    if (reply.delay().compareTo(call.timeout()) > 0) {
      pacer.pause(call.timeout());
      throw new IOException("no answer in time");
    }
    pacer.pause(reply.delay());
    var body = String.valueOf(reply.body() == null ? "" : reply.body());
    return switch (reply.delivery()) {
      case Dropped -> throw new IOException("the connection was dropped");
      case Truncated -> throw new IOException("the answer was cut short");
      case Whole ->
          new HttpAnswer(
              reply.status(),
              reply.headers().entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue)),
              body);
    };
  }

  private static ApiRequest request(HttpCall call) throws JsonProcessingException {
    var url = new QueryStringDecoder(call.uri());
    return new ApiRequest(
        call.method(),
        url.path().substring("/v1".length()),
        url.parameters(),
        call.token().value(),
        JSON.readTree(call.body() == null ? "{}" : call.body()),
        "http://fake/v1");
  }
}
