package dev.holdfast.health.probe;

/** Takes the host out of a Host header's value. */
final class HostHeader {
  private HostHeader() {}

  /** Without port, and without the brackets of an IPv6 address. */
  static String host(String value) {
    if (value.startsWith("[")) {
      var end = value.indexOf(']');
      return end < 0 ? value.substring(1) : value.substring(1, end);
    }
    var colon = value.indexOf(':');
    return colon < 0 || colon != value.lastIndexOf(':') ? value : value.substring(0, colon);
  }
}
