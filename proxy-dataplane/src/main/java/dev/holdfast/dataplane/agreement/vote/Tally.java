package dev.holdfast.dataplane.agreement.vote;

/**
 * The votes on one backend. Nothing is concluded unless the voters are a majority of the members;
 * then a majority of the voters decides, and a tie changes nothing.
 */
public record Tally(int members, int healthy, int unhealthy) {

  /** Whether a primary is to be left. */
  public boolean lost() {
    return quorate() && unhealthy > healthy;
  }

  /** Whether a candidate may become primary. */
  public boolean usable() {
    return quorate() && healthy > unhealthy;
  }

  private boolean quorate() {
    return 2 * (healthy + unhealthy) > members;
  }
}
