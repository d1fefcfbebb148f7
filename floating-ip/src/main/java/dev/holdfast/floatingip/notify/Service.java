package dev.holdfast.floatingip.notify;

/** What is behind a webhook, which decides the form of a message and what a good answer is. */
public enum Service {
  Mattermost,
  Slack,
  Webhook;

  private static final int OK = 200;

  /** Whether an answer with this status says that the message is there. */
  boolean delivered(int status) {
    return switch (this) {
      case Mattermost, Slack -> status == OK;
      case Webhook -> status / 100 == 2;
    };
  }
}
