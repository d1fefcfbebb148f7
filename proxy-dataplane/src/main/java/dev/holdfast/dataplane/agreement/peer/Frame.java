package dev.holdfast.dataplane.agreement.peer;

/** What goes over a connection between peers. */
@SuppressWarnings("ArrayRecordComponent") // frames are neither compared nor kept
sealed interface Frame {

  /**
   * The first frame of each end.
   *
   * @param uid of the resource
   * @param from the sender's configured name
   * @param to whom it believes to talk to
   */
  record Hello(int version, String uid, String from, String to) implements Frame {}

  /** Says only that the sender is there. */
  record Ping() implements Frame {}

  /**
   * @param subject the name of a {@link PeerNetwork.Subject}, perhaps of one not known here
   */
  record Question(long id, String subject, byte[] content) implements Frame {}

  /** The asker waits for that answer no more. */
  record Forgotten(long id) implements Frame {}

  record Answer(long id, byte[] content) implements Frame {}

  /** There will be no answer to that question. */
  record Refused(long id, String message) implements Frame {}

  /** The sender closes the connection, and says why. */
  record Farewell(String message) implements Frame {}
}
