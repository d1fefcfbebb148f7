package dev.holdfast.dataplane.admin.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A request that is not fulfilled.
 *
 * @param reason CamelCase, for programs
 * @param message for people
 */
public record Refusal(int status, String reason, String message, Map<String, String> headers) {

  public Refusal(int status, String reason, String message) {
    this(status, reason, message, Map.of());
  }

  public static Refusal badRequest(String message) {
    return new Refusal(400, "BadRequest", message);
  }

  public static Refusal notFound(String message) {
    return new Refusal(404, "NotFound", message);
  }

  public Response.Whole toResponse() {
    return toResponse(JsonNodeFactory.instance.objectNode());
  }

  /**
   * @param details goes into the error object beside status, reason and message
   */
  public Response.Whole toResponse(ObjectNode details) {
    var error = JsonNodeFactory.instance.objectNode();
    error.put("status", status).put("reason", reason).put("message", message).setAll(details);
    var body = JsonNodeFactory.instance.objectNode().set("error", error);
    return new Response.Whole(status, "application/json", body.toString(), headers);
  }
}
