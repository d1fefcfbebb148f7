package dev.holdfast.floatingip.plan;

/** Why a floating IP is to point at another server. */
public enum MoveReason implements Reason {
  Unassigned("it points at no server", false),
  ServerUnhealthy("its server is not healthy", false),
  ServerHealthUnknown("its server is not known to be healthy", false),
  Index("the server has its index", true),
  Location("the server is nearer to its home", true),
  Spread("it evens out the number of floating IPs per server", true);

  private final String sentence;
  private final boolean rebalancing;

  MoveReason(String sentence, boolean rebalancing) {
    this.sentence = sentence;
    this.rebalancing = rebalancing;
  }

  @Override
  public String sentence() {
    return sentence;
  }

  /** Whether the IP would work where it is: such a move can wait. */
  public boolean isRebalancing() {
    return rebalancing;
  }
}
