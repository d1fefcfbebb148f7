package dev.holdfast.floatingip.hetzner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.floatingip.hetzner.model.Action;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.Location;
import dev.holdfast.floatingip.hetzner.model.Paging;
import dev.holdfast.floatingip.hetzner.model.RateLimit;
import dev.holdfast.floatingip.hetzner.model.Server;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The calls that Holdfast makes. Reads are repeated within their time when that may help; writes
 * are made once. Blocks; for any number of threads.
 */
public final class HetznerClient {
  /** As many ids as one URL takes with ease. */
  static final int ACTIONS_PER_CALL = 25;

  private final ApiCaller caller;

  public HetznerClient(
      ApiSettings settings, HttpTransport transport, Pacer pacer, RandomGenerator random) {
    this.caller = new ApiCaller(settings, transport, pacer, random);
  }

  /** As the last answer told it; empty before the first. */
  public Optional<RateLimit> rateLimit() {
    return caller.rateLimit();
  }

  public Instant now() {
    return caller.now();
  }

  /** Every token may read them: also the cheapest proof that it is valid. */
  public List<Location> locations(Duration timeout) throws ApiException, InterruptedException {
    return list("/locations", "", "locations", ApiJson::location, Location::id, timeout);
  }

  /**
   * @param labelSelector empty for all
   */
  public List<Server> servers(String labelSelector, Duration timeout)
      throws ApiException, InterruptedException {
    return list("/servers", labelSelector, "servers", ApiJson::server, Server::id, timeout);
  }

  /**
   * @param labelSelector empty for all
   */
  public List<FloatingIp> floatingIps(String labelSelector, Duration timeout)
      throws ApiException, InterruptedException {
    return list(
        "/floating_ips",
        labelSelector,
        "floating_ips",
        ApiJson::floatingIp,
        FloatingIp::id,
        timeout);
  }

  public FloatingIp floatingIp(long id, Duration timeout)
      throws ApiException, InterruptedException {
    var json = caller.read("/floating_ips/" + id, caller.now().plus(timeout));
    return readable(() -> ApiJson.floatingIp(ApiJson.object(json, "floating_ip")));
  }

  public Action assign(long floatingIp, long server) throws ApiException, InterruptedException {
    var body = JsonNodeFactory.instance.objectNode().put("server", server).toString();
    return action(caller.write("/floating_ips/" + floatingIp + "/actions/assign", body));
  }

  public Action unassign(long floatingIp) throws ApiException, InterruptedException {
    return action(caller.write("/floating_ips/" + floatingIp + "/actions/unassign", "{}"));
  }

  /** Those of these actions that the API still knows, {@value #ACTIONS_PER_CALL} a call. */
  public List<Action> actions(Collection<Long> ids, Duration timeout)
      throws ApiException, InterruptedException {
    var until = caller.now().plus(timeout);
    var wanted = ids.stream().distinct().sorted().toList();
    var found = new ArrayList<Action>();
    for (int from = 0; from < wanted.size(); from += ACTIONS_PER_CALL) {
      var some = wanted.subList(from, Math.min(from + ACTIONS_PER_CALL, wanted.size()));
      var query = some.stream().map(id -> "id=" + id).collect(Collectors.joining("&"));
      var json = caller.read("/actions?" + query + "&per_page=" + Paging.PER_PAGE, until);
      found.addAll(readable(() -> items(json, "actions", ApiJson::action)));
    }
    return List.copyOf(found);
  }

  /** What runs on a floating IP and locks it, whoever began it. */
  public Optional<Action> runningAction(long floatingIp, Duration timeout)
      throws ApiException, InterruptedException {
    var json =
        caller.read(
            "/floating_ips/" + floatingIp + "/actions?status=running&sort=id:desc",
            caller.now().plus(timeout));
    return readable(() -> items(json, "actions", ApiJson::action)).stream().findFirst();
  }

  private Action action(JsonNode json) throws ApiException {
    return readable(() -> ApiJson.action(ApiJson.object(json, "action")));
  }

  /**
   * All pages. One object may be on two when others come and go meanwhile: the newer read counts.
   */
  private <T> List<T> list(
      String path,
      String labelSelector,
      String field,
      Reader<T> reader,
      ToLongFunction<T> id,
      Duration timeout)
      throws ApiException, InterruptedException {
    var until = caller.now().plus(timeout);
    var selector =
        labelSelector.isEmpty() ? "" : "&label_selector=" + URLEncoder.encode(labelSelector, UTF_8);
    var found = new LinkedHashMap<Long, T>();
    for (int page = 1; ; ) {
      var query = "?page=" + page + "&per_page=" + Paging.PER_PAGE + selector;
      var json = caller.read(path + query, until);
      for (T item : readable(() -> items(json, field, reader))) {
        found.put(id.applyAsLong(item), item);
      }
      switch (next(page, json)) {
        case Paging.Next.End() -> {
          return List.copyOf(found.values());
        }
        case Paging.Next.Broken(var problem) -> throw ApiCaller.malformed(path + ": " + problem);
        case Paging.Next.Page(var number) -> page = number;
      }
    }
  }

  private static Paging.Next next(int page, JsonNode json) {
    var next = json.path("meta").path("pagination").path("next_page");
    return Paging.after(page, next.isIntegralNumber() ? next.intValue() : null);
  }

  private static <T> List<T> items(JsonNode json, String field, Reader<T> reader)
      throws ApiJson.Unreadable {
    var items = new ArrayList<T>();
    for (var item : ApiJson.list(json, field)) {
      items.add(reader.read(item));
    }
    return items;
  }

  private static <T> T readable(Reading<T> reading) throws ApiException {
    try {
      return reading.read();
    } catch (ApiJson.Unreadable e) {
      throw ApiCaller.malformed(String.valueOf(e.getMessage()));
    }
  }

  private interface Reader<T> {
    T read(JsonNode json) throws ApiJson.Unreadable;
  }

  private interface Reading<T> {
    T read() throws ApiJson.Unreadable;
  }
}
