package dev.holdfast.health.probe;

import dev.holdfast.health.reference.Text;
import java.util.List;
import java.util.Map;

/**
 * A request and the answer that is expected.
 *
 * @param host value of the Host header; empty for host and port of the backend
 * @param expected any of them will do
 * @param followRedirects an answer that is not expected and leads elsewhere is followed, at the
 *     same address; else redirects are answers like any other
 */
public record HttpExchange(
    String method,
    String path,
    String host,
    Map<String, Text> headers,
    Text body,
    List<StatusRange> expected,
    boolean followRedirects) {

  public HttpExchange {
    headers = Map.copyOf(headers);
    expected = List.copyOf(expected);
  }

  /** Status codes from one to another, both included. */
  public record StatusRange(int from, int to) {

    /**
     * @param text such as {@code 200} or {@code 200-299}
     */
    public static StatusRange parse(String text) {
      var dash = text.indexOf('-');
      var from = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
      var to = dash < 0 ? from : Integer.parseInt(text.substring(dash + 1));
      if (from > to) {
        throw new IllegalArgumentException(
            "expectStatus: expected a range from low to high, found " + text);
      }
      return new StatusRange(from, to);
    }

    public boolean holds(int code) {
      return from <= code && code <= to;
    }

    @Override
    public String toString() {
      return from == to ? String.valueOf(from) : from + "-" + to;
    }
  }

  boolean expects(int code) {
    return expected.stream().anyMatch(range -> range.holds(code));
  }
}
