package dev.holdfast.floatingip.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Floating IPs themselves. */
final class FloatingIpRoutes {
  private static final Map<String, Comparator<FakeFloatingIp>> SORTS =
      Map.of(
          "id", Comparator.comparingLong(FakeFloatingIp::id),
          "created", Comparator.comparing(FakeFloatingIp::created));

  private FloatingIpRoutes() {}

  static ApiReply list(Occasion occasion) {
    var request = occasion.request();
    var selected = Selectors.labels(request);
    var found =
        occasion.seen().ips().values().stream()
            .filter(ip -> Selectors.named(request, ip.name()))
            .filter(ip -> selected.test(ip.labels()))
            .toList();
    return new Listing<>("floating_ips", SORTS, ObjectJson::of)
        .page(request, occasion.ordered(found), occasion.project().settings().clampPerPage());
  }

  static ApiReply get(Occasion occasion) {
    var ip = occasion.seen().ips().get(occasion.id(1));
    if (ip == null) {
      throw ApiError.notFound("Floating IP", occasion.segment(1));
    }
    return new ApiReply(200, body(ip));
  }

  static ApiReply create(Occasion occasion) {
    var json = occasion.request().json();
    var project = occasion.project();
    var type = json.path("type").asText("");
    if (!type.equals("ipv4") && !type.equals("ipv6")) {
      throw ApiError.invalid("type", "must be ipv4 or ipv6");
    }
    var at = json.path("server");
    if (at.isIntegralNumber() == json.hasNonNull("home_location")) {
      throw ApiError.invalid("home_location", "exactly one of home_location and server is needed");
    }
    var home =
        at.isIntegralNumber()
            ? project.server(at.longValue()).location()
            : Locations.byNameOrId(json.get("home_location").asText());
    var id = project.nextId();
    var ip = fresh(project, id, type, home, json);
    project.set(project.inventory().with(ip));
    var body = body(ip);
    if (at.isIntegralNumber()) {
      var action = FloatingIpActions.begin(occasion, "assign_floating_ip", id, at.longValue());
      body.set("action", ObjectJson.of(action));
    }
    return new ApiReply(201, body);
  }

  private static FakeFloatingIp fresh(
      Project project, long id, String type, FakeLocation home, JsonNode json) {
    var name = json.path("name").asText(type + "-" + id);
    requireFree(project, name, id);
    var address =
        type.equals("ipv4")
            ? "198.51.100." + (id % 254 + 1)
            : "2001:db8:" + Long.toHexString(id & 0xffff) + "::/64";
    return new FakeFloatingIp(
        id,
        name,
        json.path("description").asText(""),
        type,
        address,
        home,
        project.now(),
        labels(json.path("labels")),
        null,
        null,
        false,
        false,
        Map.of());
  }

  static ApiReply update(Occasion occasion) {
    var json = occasion.request().json();
    var project = occasion.project();
    var ip = project.ip(occasion.id(1));
    var name = json.path("name").asText(ip.name());
    requireFree(project, name, ip.id());
    var changed =
        ip.described(
            name,
            json.path("description").asText(ip.description()),
            json.hasNonNull("labels") ? labels(json.get("labels")) : ip.labels());
    project.set(project.inventory().with(changed));
    return new ApiReply(200, body(changed));
  }

  static ApiReply delete(Occasion occasion) {
    var project = occasion.project();
    var ip = project.ip(occasion.id(1));
    if (ip.keep()) {
      throw new ApiError(423, "protected", "the Floating IP is protected against deletion");
    }
    FloatingIpActions.requireUnlocked(project, ip);
    if (ip.server() != null) {
      throw new ApiError(422, "must_be_unassigned", "the Floating IP must be unassigned first");
    }
    project.set(project.inventory().without(ip));
    return new ApiReply(204, null);
  }

  private static void requireFree(Project project, String name, long id) {
    if (project.inventory().ips().values().stream()
        .anyMatch(ip -> ip.name().equals(name) && ip.id() != id)) {
      throw ApiError.taken("name");
    }
  }

  private static Map<String, String> labels(JsonNode json) {
    var labels = new TreeMap<String, String>();
    json.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    try {
      LabelSelector.requireLabels(labels);
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid("labels", String.valueOf(e.getMessage()));
    }
    return labels;
  }

  private static ObjectNode body(FakeFloatingIp ip) {
    var body = JsonNodeFactory.instance.objectNode();
    body.set("floating_ip", ObjectJson.of(ip));
    return body;
  }
}
