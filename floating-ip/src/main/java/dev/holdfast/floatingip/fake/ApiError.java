package dev.holdfast.floatingip.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Ends a request with the API's error envelope. */
final class ApiError extends RuntimeException {
  private final int status;
  private final String code;
  // not serialized by anybody
  private final transient @Nullable ObjectNode details;

  ApiError(int status, String code, String message) {
    this(status, code, message, null);
  }

  private ApiError(int status, String code, String message, @Nullable ObjectNode details) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  static ApiError notFound(String what, Object id) {
    return new ApiError(404, "not_found", what + " with ID '" + id + "' not found");
  }

  static ApiError invalid(String field, String problem) {
    var details = JsonNodeFactory.instance.objectNode();
    var wrong = details.putArray("fields").addObject().put("name", field);
    wrong.putArray("messages").add(problem);
    return new ApiError(422, "invalid_input", "invalid input in field '" + field + "'", details);
  }

  static ApiError taken(String field) {
    var details = JsonNodeFactory.instance.objectNode();
    details.putArray("fields").addObject().put("name", field);
    return new ApiError(409, "uniqueness_error", field + " is already used", details);
  }

  ApiReply reply() {
    return new ApiReply(status, envelope(code, String.valueOf(getMessage()), details));
  }

  static ObjectNode envelope(String code, String message, @Nullable ObjectNode details) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putObject("error").put("code", code).put("message", message).set("details", details);
    return body;
  }
}
