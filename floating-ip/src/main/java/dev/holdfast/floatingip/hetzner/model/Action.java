package dev.holdfast.floatingip.hetzner.model;

/**
 * Work that the cloud does after it accepted a write.
 *
 * @param errorCode empty unless it failed
 * @param errorMessage empty unless it failed
 */
public record Action(
    long id, String command, Status status, String errorCode, String errorMessage) {

  public enum Status {
    Running,
    Success,
    Error
  }
}
