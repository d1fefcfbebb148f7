package dev.holdfast.operator.dataplane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.api.dataplane.StatusJson;
import java.net.HttpURLConnection;

/** What one pod says to a wish for another primary. */
sealed interface SwitchAnswer {

  /** It is the primary, or becomes it when its hooks have ended. */
  record Accepted(String message) implements SwitchAnswer {}

  record Refused(String message) implements SwitchAnswer {}

  /** Not decided yet, or the pod does not know the resource yet: asking again helps and is safe. */
  record Pending(String why) implements SwitchAnswer {}

  static SwitchAnswer of(int status, String body) {
    var json = json(body);
    return switch (status) {
      case HttpURLConnection.HTTP_OK -> new Accepted(json.path("message").asText());
      case HttpURLConnection.HTTP_ACCEPTED -> {
        var message = json.path("message").asText();
        yield json.path("outcome").asText().equals("Asked")
            ? new Pending(message)
            : new Accepted(message);
      }
      default -> failure(status, json.path("error"));
    };
  }

  private static SwitchAnswer failure(int status, JsonNode error) {
    var message = error.path("message").asText("status " + status);
    var final4xx =
        status >= 400
            && status < 500
            && status != HttpURLConnection.HTTP_UNAUTHORIZED
            && !error.path("reason").asText().equals("NotFound");
    return final4xx ? new Refused(message) : new Pending(message);
  }

  private static JsonNode json(String body) {
    try {
      return StatusJson.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      return StatusJson.mapper().missingNode();
    }
  }
}
