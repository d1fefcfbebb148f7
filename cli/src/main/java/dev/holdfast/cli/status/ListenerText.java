package dev.holdfast.cli.status;

import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import java.util.Objects;

/** Says where clients connect. */
final class ListenerText {
  private ListenerText() {}

  static String place(Listener listener) {
    var address = listener.address();
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + listener.port();
  }

  static String failed(Listener listener) {
    return place(listener)
        + " failed: "
        + Objects.requireNonNullElse(listener.message(), "no reason is known");
  }
}
