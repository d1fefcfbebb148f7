package dev.holdfast.floatingip.hetzner;

import java.net.URI;
import java.time.Duration;

/**
 * Where the API is, and the bounds of one call.
 *
 * @param endpoint with the version, without a slash at the end
 * @param callTimeout for one answer, its body included
 * @param maxBody bytes of one answer
 */
public record ApiSettings(URI endpoint, ApiToken token, Duration callTimeout, int maxBody) {
  public static final URI OFFICIAL = URI.create("https://api.hetzner.cloud/v1");
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_BODY = 4 << 20;

  public ApiSettings {
    var scheme = endpoint.getScheme();
    if ((!"https".equals(scheme) && !"http".equals(scheme))
        || endpoint.getHost() == null
        || endpoint.getRawUserInfo() != null
        || endpoint.getRawQuery() != null
        || endpoint.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "expected an endpoint such as " + OFFICIAL + ", found another form of URL");
    }
    endpoint = URI.create(endpoint.toString().replaceAll("/+$", ""));
  }

  public static ApiSettings of(URI endpoint, ApiToken token) {
    return new ApiSettings(endpoint, token, CALL_TIMEOUT, MAX_BODY);
  }
}
