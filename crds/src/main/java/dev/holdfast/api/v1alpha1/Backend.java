package dev.holdfast.api.v1alpha1;

/** One candidate for primary; its place in the list is its preference. */
public record Backend(String name, String host, int port, State state) {

  public enum State {
    Active,
    Draining,
    Disabled
  }
}
