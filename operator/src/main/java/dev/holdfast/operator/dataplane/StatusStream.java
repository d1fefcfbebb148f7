package dev.holdfast.operator.dataplane;

import dev.holdfast.api.dataplane.DataPlaneReport;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One pod's status stream, from connecting to its end. */
final class StatusStream<W extends DataPlaneReport> {

  private static final String PATH = "/api/v1/status/stream";
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int MAX_EVENT_BYTES = 1 << 20;

  /** Where statuses go. */
  interface Listener<W> {
    void heard(W status);
  }

  private final HttpClient client;
  private final PodAddress pod;
  private final Class<W> words;
  private final Duration silence;

  /**
   * @param silence how long nothing may come before the stream counts as broken; the data plane
   *     sends a sign of life every 5 s
   */
  StatusStream(HttpClient client, PodAddress pod, Class<W> words, Duration silence) {
    this.client = client;
    this.pod = pod;
    this.words = words;
    this.silence = silence;
  }

  /**
   * Reads until the stream ends.
   *
   * @throws IOException why it ended; it always does
   */
  void listen(Listener<W> listener) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(pod.admin(PATH))
            .timeout(CONNECT)
            .header("Accept", "text/event-stream")
            .build();
    var response =
        client.<@Nullable PulledBody>send(
            request,
            head -> head.statusCode() == 200 ? new PulledBody() : BodySubscribers.replacing(null));
    try (var body = response.body()) {
      if (body == null) {
        throw new IOException("expected status 200, found " + response.statusCode());
      }
      var parser = new EventStreamParser(MAX_EVENT_BYTES);
      while (true) {
        for (var bytes : body.next(silence)) {
          tell(parser, bytes, listener);
        }
      }
    }
  }

  private void tell(EventStreamParser parser, ByteBuffer bytes, Listener<W> listener)
      throws IOException {
    for (var event : parser.feed(bytes)) {
      if (event.name().equals("status")) {
        listener.heard(StatusReader.read(event.data(), words));
      }
    }
  }
}
