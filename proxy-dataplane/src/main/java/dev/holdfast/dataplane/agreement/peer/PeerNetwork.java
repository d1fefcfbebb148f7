package dev.holdfast.dataplane.agreement.peer;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Questions and answers between the peers of one resource. Both ends are known by their
 * certificates. Safe for use by many threads.
 *
 * <p>A question may be lost, arrive late, or arrive although its asker was told that it failed.
 * Those of one subject to one peer arrive in the order in which they were asked, as long as the
 * connection lasts.
 */
public interface PeerNetwork extends AutoCloseable {

  /** What a question is about; each subject has one {@link Answerer}. */
  enum Subject {
    /** The replicated log's own calls. */
    Log,
    /** A command for whoever leads to propose. */
    Proposal,
    /** Verdicts, failed connects, and requests for verdicts. */
    Vote,
    /** Who is there, and which group it belongs to. */
    Greeting
  }

  /**
   * @param to the peer's configured name
   * @param question at most {@link #MAX_BYTES} long
   * @return the answer; an error when there is none within the time, when the peer refused, or at
   *     once when too many questions to it wait
   */
  CompletionStage<byte[]> ask(String to, Subject subject, byte[] question, Duration within);

  /** Answers what peers ask; replaces the subject's answerer so far. Without one it is refused. */
  void answer(Subject subject, Answerer answerer);

  /** All configured peers but this one. */
  Set<String> others();

  @Override
  void close();

  int MAX_BYTES = 8 << 20;

  /** Called on a thread of the network, which it must not hold up. */
  interface Answerer {

    /**
     * @param from the asker's configured name, as its certificate proves
     */
    CompletionStage<byte[]> answer(String from, byte[] question);
  }
}
