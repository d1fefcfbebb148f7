package dev.holdfast.floatingip.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param path without the version and without the query
 * @param token null when there is none
 * @param body null when it is no JSON; an empty object for no body
 * @param base URL of the API, for links
 */
record ApiRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    @Nullable String token,
    @Nullable JsonNode body,
    String base) {

  boolean write() {
    return !method.equals("GET");
  }

  List<String> all(String parameter) {
    return query.getOrDefault(parameter, List.of());
  }

  String first(String parameter) {
    var values = all(parameter);
    return values.isEmpty() ? "" : values.getFirst();
  }

  JsonNode json() {
    if (body == null) {
      throw new ApiError(400, "json_error", "the body is not JSON");
    }
    return body.isObject() ? body : JsonNodeFactory.instance.objectNode();
  }
}
