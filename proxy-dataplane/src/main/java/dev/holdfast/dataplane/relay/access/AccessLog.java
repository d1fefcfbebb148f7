package dev.holdfast.dataplane.relay.access;

/** Where connections are told at their end. Any thread; returns at once. */
public interface AccessLog {

  /** To be asked once for each connection: nothing is gathered for a log that is off. */
  boolean isOn();

  void write(AccessEntry entry);

  static AccessLog off() {
    return new AccessLog() {
      @Override
      public boolean isOn() {
        return false;
      }

      @Override
      public void write(AccessEntry entry) {
        throw new IllegalStateException("expected no entry, because the access log is off");
      }
    };
  }
}
