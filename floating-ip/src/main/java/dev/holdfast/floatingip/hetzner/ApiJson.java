package dev.holdfast.floatingip.hetzner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.floatingip.hetzner.model.Action;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.Ipv6Network;
import dev.holdfast.floatingip.hetzner.model.Location;
import dev.holdfast.floatingip.hetzner.model.Server;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the API's objects. Fields that we do not know are passed over; one that we need and do not
 * find is an error, never a guess.
 */
final class ApiJson {

  private ApiJson() {}

  /** An answer lacks what the API promises. */
  static final class Unreadable extends Exception {
    Unreadable(String message) {
      super(message);
    }
  }

  static Location location(JsonNode json) throws Unreadable {
    return new Location(number(json, "id"), text(json, "name"), text(json, "network_zone"));
  }

  static FloatingIp floatingIp(JsonNode json) throws Unreadable {
    var address = text(json, "ip");
    if (address.indexOf(':') >= 0) {
      requireNetwork(address);
    }
    return new FloatingIp(
        number(json, "id"),
        text(json, "name"),
        address,
        location(object(json, "home_location")),
        json.path("server").isNull() ? null : Long.valueOf(number(json, "server")),
        labels(json));
  }

  /** The location is the server's own field; the data center that once held it is gone. */
  static Server server(JsonNode json) throws Unreadable {
    var net = object(json, "public_net");
    return new Server(
        number(json, "id"),
        text(json, "name"),
        location(object(json, "location")),
        address(net, "ipv4"),
        network(net),
        labels(json));
  }

  private static @Nullable String network(JsonNode net) throws Unreadable {
    var network = address(net, "ipv6");
    if (network != null) {
      requireNetwork(network);
    }
    return network;
  }

  private static void requireNetwork(String network) throws Unreadable {
    try {
      Ipv6Network.firstHost(network);
    } catch (IllegalArgumentException e) {
      throw new Unreadable("expected an IPv6 network, found '" + network + "'");
    }
  }

  static Action action(JsonNode json) throws Unreadable {
    var error = json.path("error");
    var status =
        switch (text(json, "status")) {
          case "running" -> Action.Status.Running;
          case "success" -> Action.Status.Success;
          case "error" -> Action.Status.Error;
          case String other -> throw new Unreadable("an action's status is '" + other + "'");
        };
    var failed = status == Action.Status.Error;
    return new Action(
        number(json, "id"),
        text(json, "command"),
        status,
        failed ? error.path("code").asText("unknown") : "",
        failed ? error.path("message").asText("no reason given") : "");
  }

  static JsonNode object(JsonNode json, String field) throws Unreadable {
    var value = json.get(field);
    if (value == null || !value.isObject()) {
      throw new Unreadable("expected an object '" + field + "', found " + kind(value));
    }
    return value;
  }

  static JsonNode list(JsonNode json, String field) throws Unreadable {
    var value = json.get(field);
    if (value == null || !value.isArray()) {
      throw new Unreadable("expected a list '" + field + "', found " + kind(value));
    }
    return value;
  }

  private static @Nullable String address(JsonNode net, String family) throws Unreadable {
    var value = net.get(family);
    return value == null || value.isNull() ? null : text(value, "ip");
  }

  private static Map<String, String> labels(JsonNode json) throws Unreadable {
    var labels = new HashMap<String, String>();
    for (var label : object(json, "labels").properties()) {
      labels.put(label.getKey(), label.getValue().asText());
    }
    return labels;
  }

  private static long number(JsonNode json, String field) throws Unreadable {
    var value = json.get(field);
    if (value == null || !value.canConvertToLong() || !value.isIntegralNumber()) {
      throw new Unreadable("expected a number '" + field + "', found " + kind(value));
    }
    return value.longValue();
  }

  private static String text(JsonNode json, String field) throws Unreadable {
    var value = json.get(field);
    if (value == null || !value.isTextual()) {
      throw new Unreadable("expected a text '" + field + "', found " + kind(value));
    }
    return value.textValue();
  }

  private static String kind(@Nullable JsonNode value) {
    return value == null ? "nothing" : "a JSON " + value.getNodeType();
  }
}
