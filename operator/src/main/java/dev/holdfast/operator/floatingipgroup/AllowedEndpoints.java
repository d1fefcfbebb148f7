package dev.holdfast.operator.floatingipgroup;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where API tokens may be sent. A resource names its endpoint: without a list whoever may create
 * one could have any token of the namespace sent to himself.
 */
public record AllowedEndpoints(Set<String> endpoints) {

  /** Upper and lower case of scheme and host are alike, with and without a slash at the end too. */
  public AllowedEndpoints {
    var normal = new TreeSet<String>();
    endpoints.forEach(endpoint -> normal.add(normal(endpoint)));
    endpoints = Set.copyOf(normal);
  }

  /**
   * @throws IllegalArgumentException when one of them is no URL
   */
  public static AllowedEndpoints of(Collection<String> endpoints) {
    return new AllowedEndpoints(Set.copyOf(endpoints));
  }

  boolean allow(String endpoint) {
    return endpoints.contains(normal(endpoint));
  }

  private static String normal(String endpoint) {
    var uri = URI.create(endpoint.strip());
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "expected an endpoint such as https://api.hetzner.cloud/v1, found " + endpoint);
    }
    var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return (uri.getScheme() + "://" + uri.getHost() + port).toLowerCase(Locale.ROOT)
        + uri.getRawPath().replaceAll("/+$", "");
  }
}
