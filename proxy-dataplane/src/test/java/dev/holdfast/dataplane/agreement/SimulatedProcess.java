package dev.holdfast.dataplane.agreement;

/** One process of a member, as trouble sees it. */
public interface SimulatedProcess {
  enum Process {
    Running,
    Stopped,
    Dead
  }

  MemberId id();

  boolean is(Process expected);

  void stop();

  void goOn();

  void kill();
}
