package dev.holdfast.dataplane.admin.http;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request that was let in, with its whole body.
 *
 * @param variables what the braces in the route's path stand for
 * @param query what the target says after its question mark
 * @param contentType lower case, without parameters; null when there is none
 */
public record Request(
    Map<String, String> variables,
    Map<String, String> query,
    @Nullable String contentType,
    ByteBuffer body) {

  public String variable(String name) {
    var value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route's path has no {" + name + "}");
    }
    return value;
  }
}
