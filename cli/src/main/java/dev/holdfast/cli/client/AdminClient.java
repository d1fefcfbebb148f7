package dev.holdfast.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.ResourceStatus;
import dev.holdfast.api.dataplane.ResourceStatusList;
import dev.holdfast.api.dataplane.StatusJson;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.cli.console.CommandFailed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks the admin interface of one data plane. Every request has a deadline. */
public final class AdminClient {
  /** Above the time that a data plane takes at most to answer. */
  private static final Duration DEADLINE = Duration.ofSeconds(35);

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Three of the stream's heartbeats. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final URI address;
  private final @Nullable String token;
  private final HttpClient http;

  AdminClient(URI address, @Nullable String token, HttpClient.Builder http) {
    this.address = address;
    this.token = token;
    this.http = http.connectTimeout(CONNECT).build();
  }

  /** Reads and shows, or reads and decides. */
  @FunctionalInterface
  public interface Look<T> {
    /** Empty to look again at the next change. */
    Optional<T> look() throws IOException, InterruptedException;
  }

  public List<ResourceStatus> statuses() throws IOException, InterruptedException {
    return StatusJson.mapper().treeToValue(json(), ResourceStatusList.class).resources();
  }

  /** The status of all resources as the data plane gave it. */
  public JsonNode json() throws IOException, InterruptedException {
    return answer(request("/api/v1/status").build());
  }

  /**
   * Asks for another primary.
   *
   * @return the outcome, done or under way
   * @throws CommandFailed when it is refused, with the reason
   */
  public JsonNode switchPrimary(DataPlaneStatus resource, String to, boolean force)
      throws IOException, InterruptedException {
    var wish = JsonNodeFactory.instance.objectNode().put("name", to).put("force", force);
    var path =
        "/api/v1/failoverproxies/%s/%s/primary".formatted(resource.namespace(), resource.name());
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(wish.toString()))
            .build());
  }

  /**
   * Wishes another state of a group.
   *
   * @param state Active, Draining or Disabled
   * @throws CommandFailed when it is refused, with the reason
   */
  void changeGroup(StickyBalancerReport resource, int id, String state)
      throws IOException, InterruptedException {
    var wish = JsonNodeFactory.instance.objectNode().put("state", state);
    var path =
        "/api/v1/stickybalancers/%s/%s/groups/%d/state"
            .formatted(resource.namespace(), resource.name(), id);
    answer(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(wish.toString()))
            .build());
  }

  /**
   * Looks now, on every change, and every few seconds for the counters, until something is found.
   *
   * @param limit null for ever
   * @return empty when the limit was reached
   */
  public <T> Optional<T> watch(Look<T> look, @Nullable Duration limit)
      throws IOException, InterruptedException {
    var start = System.nanoTime();
    var found = look.look();
    var wakes = new ArrayBlockingQueue<Boolean>(1);
    var stream =
        http.sendAsync(
            request("/api/v1/status/stream").build(),
            BodyHandlers.fromLineSubscriber(new Waker(wakes)));
    try {
      while (found.isEmpty()) {
        var left = limit == null ? SILENCE : limit.minusNanos(System.nanoTime() - start);
        if (!left.isPositive()) {
          return Optional.empty();
        }
        var wait = left.compareTo(SILENCE) < 0 ? left : SILENCE;
        var woken = wakes.poll(wait.toNanos(), TimeUnit.NANOSECONDS) != null;
        if (stream.isDone() || (!woken && wait.equals(SILENCE))) {
          throw new CommandFailed(address + " says no more; is the data plane still there?");
        }
        found = look.look();
      }
      return found;
    } finally {
      stream.cancel(true);
    }
  }

  private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response;
    try {
      response = http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw unreachable(e);
    }
    if (response.statusCode() / 100 != 2) {
      throw new CommandFailed(refusal(response));
    }
    return StatusJson.mapper().readTree(response.body());
  }

  private String refusal(HttpResponse<String> response) {
    var said = response.body();
    try {
      var error = StatusJson.mapper().readTree(said).path("error");
      if (error.path("message").isTextual()) {
        said = error.path("reason").asText() + ", " + error.path("message").asText();
      }
    } catch (JsonProcessingException e) {
      said = said.isBlank() ? "nothing more" : said.lines().findFirst().orElse("");
    }
    var help =
        response.statusCode() == 401 || response.statusCode() == 403
            ? "; --token-file or --tls-dir says who you are"
            : "";
    return "%s answered %d: %s%s".formatted(address, response.statusCode(), said, help);
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(address.resolve(path)).timeout(DEADLINE);
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private CommandFailed unreachable(IOException e) {
    if (e instanceof SSLException) {
      return new CommandFailed(
          "%s is not who it should be, or does not believe us: %s; --tls-dir says whom to believe,"
                  .formatted(address, e.getMessage())
              + " --server-name which name the certificate holds",
          e);
    }
    var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.toString();
    if (address.getScheme().equals("http")
        && !(e instanceof ConnectException || e instanceof HttpTimeoutException)) {
      return new CommandFailed(
          "%s was reached, and does not answer in HTTP (%s); if `holdfast run` has --tls-dir there,"
                  .formatted(address, why)
              + " give it here, too, and https:// in --address",
          e);
    }
    return new CommandFailed(
        "no data plane answers at %s (%s); is `holdfast run` running? --address tells where"
            .formatted(address, why),
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
