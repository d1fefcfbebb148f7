package dev.holdfast.health.probe;

/**
 * An answer that leads elsewhere.
 *
 * @param location as the backend wrote it
 */
record Redirect(int status, String location) {

  static boolean leads(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  /** The method of the next request, as browsers and other clients choose it. */
  String method(String before) {
    return repeats() || before.equals("HEAD") ? before : "GET";
  }

  /** Whether the request is sent again as it was, with its body. */
  boolean repeats() {
    return status == 307 || status == 308;
  }
}
