package dev.holdfast.faults.record;

/** The way of packets from one host to another; the way back is another link. */
public record Link(String from, String to) {
  @Override
  public String toString() {
    return from + ">" + to;
  }
}
