package dev.holdfast.floatingip.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a user of the fake does to it over HTTP, with a token of its own. */
final class Control {
  static final String PREFIX = "/control";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  private final FakeCloud cloud;
  private final String token;

  Control(FakeCloud cloud, String token) {
    this.cloud = cloud;
    this.token = token;
  }

  ApiReply handle(ApiRequest request) {
    try {
      if (!allowed(request)) {
        throw new ApiError(401, "unauthorized", "the control token is needed");
      }
      var body = JsonNodeFactory.instance.objectNode();
      answer(request, body);
      return new ApiReply(200, body);
    } catch (ApiError e) {
      return e.reply();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return new ApiError(422, "invalid_input", String.valueOf(e.getMessage())).reply();
    }
  }

  private boolean allowed(ApiRequest request) {
    var given = Optional.ofNullable(request.token()).orElse("");
    return MessageDigest.isEqual(given.getBytes(UTF_8), token.getBytes(UTF_8));
  }

  private void answer(ApiRequest request, ObjectNode body) throws JsonProcessingException {
    var parts = List.of(request.path().substring(PREFIX.length() + 1).split("/"));
    switch (request.method() + " " + shape(parts)) {
      case "GET journal" ->
          cloud.journal().forEach(entry -> body.withArray("journal").add(json(entry)));
      case "DELETE journal" -> cloud.clearJournal();
      case "GET faults" ->
          cloud
              .faults()
              .forEach(rule -> body.withArray("faults").add(JSON.<ObjectNode>valueToTree(rule)));
      case "POST faults" -> cloud.addFault(JSON.treeToValue(request.json(), FaultRule.class));
      case "DELETE faults" -> cloud.clearFaults();
      case "POST tokens revoke" -> cloud.revoke(request.json().path("token").asText());
      case "PUT projects * servers" ->
          cloud.change(parts.get(1), JSON.treeToValue(request.json(), ServerChange.class));
      case "PUT projects * budget" ->
          cloud.drainBudget(parts.get(1), request.json().path("left").asInt());
      case "PUT projects * floating_ips *" -> {
        var server = request.json().path("server");
        cloud.move(
            parts.get(1),
            Occasion.number(parts.get(3)),
            server.isIntegralNumber() ? Long.valueOf(server.longValue()) : null);
      }
      case "GET projects * floating_ips *" -> {
        var id = Occasion.number(parts.get(3));
        body.put("reachable", cloud.reachable(parts.get(1), id))
            .put("server", cloud.floatingIp(parts.get(1), id).server());
      }
      default -> throw new ApiError(404, "not_found", "there is nothing at this path");
    }
  }

  private static ObjectNode json(JournalEntry entry) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("at", entry.at().toString())
        .put("tokenName", entry.tokenName())
        .put("method", entry.method())
        .put("path", entry.path())
        .put("query", entry.query())
        .put("body", entry.body())
        .put("status", entry.status())
        .put("errorCode", entry.errorCode());
  }

  /** The path's words, with a star for each name or id. */
  private static String shape(List<String> parts) {
    return IntStream.range(0, parts.size())
        .mapToObj(i -> parts.getFirst().equals("projects") && i % 2 == 1 ? "*" : parts.get(i))
        .collect(Collectors.joining(" "));
  }
}
