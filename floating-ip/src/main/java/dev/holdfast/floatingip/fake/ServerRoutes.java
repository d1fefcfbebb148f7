package dev.holdfast.floatingip.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Comparator;
import java.util.Map;

/** Reads of servers. */
final class ServerRoutes {
  private static final Map<String, Comparator<FakeServer>> SORTS =
      Map.of(
          "id", Comparator.comparingLong(FakeServer::id),
          "name", Comparator.comparing(FakeServer::name),
          "created", Comparator.comparing(FakeServer::created));

  private ServerRoutes() {}

  static ApiReply list(Occasion occasion) {
    var request = occasion.request();
    var selected = Selectors.labels(request);
    var statuses = request.all("status");
    var settings = occasion.project().settings();
    var found =
        occasion.seen().servers().values().stream()
            .filter(server -> Selectors.named(request, server.name()))
            .filter(server -> statuses.isEmpty() || statuses.contains(server.status()))
            .filter(server -> selected.test(server.labels()))
            .toList();
    return new Listing<FakeServer>(
            "servers",
            SORTS,
            server -> ObjectJson.of(server, occasion.seen(), settings.legacyDatacenter()))
        .page(request, occasion.ordered(found), settings.clampPerPage());
  }

  static ApiReply get(Occasion occasion) {
    var server = occasion.seen().servers().get(occasion.id(1));
    if (server == null) {
      throw ApiError.notFound("server", occasion.segment(1));
    }
    var body = JsonNodeFactory.instance.objectNode();
    body.set(
        "server",
        ObjectJson.of(server, occasion.seen(), occasion.project().settings().legacyDatacenter()));
    return new ApiReply(200, body);
  }
}
