package dev.holdfast.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatusList;
import dev.holdfast.api.dataplane.StatusJson;
import dev.holdfast.cli.console.CommandFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** Reads the admin interface of a data plane. */
public final class StatusClient {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** Three of the stream's heartbeats. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final URI address;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(DEADLINE).build();

  /**
   * @param address of the interface, without a path
   */
  public StatusClient(URI address) {
    if (address.getHost() == null || address.getScheme() == null) {
      throw new CommandFailed(
          "--address: expected a URL such as http://127.0.0.1:2340, found '" + address + "'");
    }
    this.address = address;
  }

  /** Something that reads and shows. */
  @FunctionalInterface
  public interface Refresh {
    void run() throws IOException, InterruptedException;
  }

  public List<DataPlaneStatus> statuses() throws IOException, InterruptedException {
    return StatusJson.mapper().treeToValue(json(), DataPlaneStatusList.class).resources();
  }

  /** The answer as the data plane gave it. */
  public JsonNode json() throws IOException, InterruptedException {
    HttpResponse<String> response;
    try {
      response = http.send(request("/api/v1/status"), BodyHandlers.ofString());
    } catch (IOException e) {
      throw unreachable(e);
    }
    if (response.statusCode() != 200) {
      throw new CommandFailed(
          "%s answered %d: %s".formatted(address, response.statusCode(), response.body()));
    }
    return StatusJson.mapper().readTree(response.body());
  }

  /** Refreshes now, on every change, and every few seconds for the counters; never returns. */
  public void watch(Refresh refresh) throws IOException, InterruptedException {
    refresh.run();
    var wakes = new ArrayBlockingQueue<Boolean>(1);
    var stream =
        http.sendAsync(
            request("/api/v1/status/stream"), BodyHandlers.fromLineSubscriber(new Waker(wakes)));
    while (wakes.poll(SILENCE.toSeconds(), TimeUnit.SECONDS) != null && !stream.isDone()) {
      refresh.run();
    }
    throw new CommandFailed(address + " says no more; is the data plane still there?");
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(DEADLINE).build();
  }

  private CommandFailed unreachable(IOException e) {
    return new CommandFailed(
        "no data plane answers at %s (%s); is `holdfast run` running? --address tells where"
            .formatted(address, e.getMessage() == null ? e.getClass().getSimpleName() : e),
        e);
  }

  /** Every line of the stream, a heartbeat too, is a reason to look again. */
  private record Waker(ArrayBlockingQueue<Boolean> wakes) implements Flow.Subscriber<String> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      wakes.offer(true);
    }

    @Override
    public void onError(Throwable failure) {
      wakes.offer(true);
    }

    @Override
    public void onComplete() {
      wakes.offer(true);
    }
  }
}
