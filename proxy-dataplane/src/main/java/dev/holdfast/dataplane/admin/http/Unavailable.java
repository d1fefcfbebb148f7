package dev.holdfast.dataplane.admin.http;

import java.io.IOException;

/** What was asked for cannot be done at the moment. Its message is told to whoever asked. */
public final class Unavailable extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what is missing, and what to do
   */
  public Unavailable(String message) {
    super(message);
  }
}
