package dev.holdfast.floatingip.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API's objects as JSON, with every field that the real one has. */
final class ObjectJson {

  private ObjectJson() {}

  static ObjectNode of(FakeLocation location) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", location.id())
        .put("name", location.name())
        .put("description", location.description())
        .put("country", location.country())
        .put("city", location.city())
        .put("latitude", location.latitude())
        .put("longitude", location.longitude())
        .put("network_zone", location.networkZone());
  }

  static ObjectNode of(FakeFloatingIp ip) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("id", ip.id())
        .put("name", ip.name())
        .put("description", ip.description().isEmpty() ? null : ip.description())
        .put("created", ip.created().toString())
        .put("type", ip.type())
        .put("ip", ip.ip())
        .put("server", ip.server())
        .put("blocked", ip.blocked());
    var pointers = json.putArray("dns_ptr");
    ip.dnsPtr().forEach((at, name) -> pointers.addObject().put("ip", at).put("dns_ptr", name));
    json.set("home_location", of(ip.home()));
    json.putObject("protection").put("delete", ip.keep());
    json.set("labels", labels(ip.labels()));
    return json;
  }

  static ObjectNode of(FakeAction action) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", action.id())
            .put("command", action.command())
            .put("status", action.status())
            .put("progress", action.running() ? 0 : 100)
            .put("started", action.started().toString())
            .put("finished", action.finished() == null ? null : action.finished().toString());
    var resources = json.putArray("resources");
    for (var resource : action.resources()) {
      resources.addObject().put("id", resource.id()).put("type", resource.type());
    }
    json.set("error", error(action.error()));
    return json;
  }

  private static @Nullable ObjectNode error(FakeAction.@Nullable Reason error) {
    return error == null
        ? null
        : JsonNodeFactory.instance
            .objectNode()
            .put("code", error.code())
            .put("message", error.message());
  }

  static ObjectNode of(FakeServer server, Inventory inventory, boolean legacyDatacenter) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", server.id())
            .put("name", server.name())
            .put("status", server.status())
            .put("created", server.created().toString())
            .put("locked", inventory.locked("server", server.id()));
    json.set("location", of(server.location()));
    json.set("labels", labels(server.labels()));
    json.putObject("protection").put("delete", false).put("rebuild", false);
    json.set("public_net", publicNet(server, inventory));
    var privateNet = json.putArray("private_net");
    server.privateNet().forEach(net -> privateNet.add(of(net, server.id())));
    json.set("server_type", serverType());
    json.put("rescue_enabled", false)
        .put("primary_disk_size", 40)
        .put("included_traffic", 20L << 40)
        .put("ingoing_traffic", 0)
        .put("outgoing_traffic", 0);
    json.putNull("backup_window").putNull("image").putNull("iso").putNull("placement_group");
    json.putArray("volumes");
    json.putArray("load_balancers");
    if (legacyDatacenter) {
      json.set("datacenter", datacenter(server.location()));
    }
    return json;
  }

  private static ObjectNode of(PrivateAddress net, long server) {
    var json =
        JsonNodeFactory.instance.objectNode().put("network", net.network()).put("ip", net.ip());
    net.aliasIps().forEach(json.putArray("alias_ips")::add);
    return json.put("mac_address", net.macAddress(server));
  }

  private static ObjectNode publicNet(FakeServer server, Inventory inventory) {
    var net = JsonNodeFactory.instance.objectNode();
    if (server.ipv4() == null) {
      net.putNull("ipv4");
    } else {
      net.putObject("ipv4")
          .put("id", server.id() * 10)
          .put("ip", server.ipv4())
          .put("blocked", false)
          .put("dns_ptr", server.name() + ".example.com");
    }
    if (server.ipv6() == null) {
      net.putNull("ipv6");
    } else {
      var ipv6 = net.putObject("ipv6").put("id", server.id() * 10 + 1).put("ip", server.ipv6());
      ipv6.put("blocked", false).putArray("dns_ptr");
    }
    var ips = net.putArray("floating_ips");
    inventory.ips().values().stream()
        .filter(ip -> ip.server() != null && ip.server() == server.id())
        .forEach(ip -> ips.add(ip.id()));
    net.putArray("firewalls");
    return net;
  }

  private static ObjectNode serverType() {
    var type =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", 1)
            .put("name", "cx22")
            .put("description", "CX22")
            .put("cores", 2)
            .put("memory", 4.0)
            .put("disk", 40)
            .put("deprecated", false)
            .put("storage_type", "local")
            .put("cpu_type", "shared")
            .put("architecture", "x86");
    type.putArray("prices");
    type.putNull("deprecation");
    return type;
  }

  private static ObjectNode datacenter(FakeLocation location) {
    var center =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", location.id())
            .put("name", location.datacenter())
            .put("description", location.city() + " 1 DC 1");
    center.set("location", of(location));
    return center;
  }

  private static ObjectNode labels(Map<String, String> labels) {
    var json = JsonNodeFactory.instance.objectNode();
    labels.forEach(json::put);
    return json;
  }
}
