package dev.holdfast.dataplane.relay;

import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client as its router sees it. On the client's event loop only, but for {@link #goOn}. */
final class RoutedVisit implements Visit {
  private static final Logger LOG = LoggerFactory.getLogger(RoutedVisit.class);

  private final Origin origin;
  private final int listenPort;
  private final byte[] firstBytes;
  private final Executor loop;
  private final Runnable goOn;
  private @Nullable ClientRouter waitsFor;

  /**
   * @param goOn what a waiting client does when it is to go on
   */
  RoutedVisit(Origin origin, int listenPort, byte[] firstBytes, Executor loop, Runnable goOn) {
    this.origin = origin;
    this.listenPort = listenPort;
    this.firstBytes = firstBytes;
    this.loop = loop;
    this.goOn = goOn;
  }

  /** A router that fails closes its client: nobody would ever let it go on. */
  Admission ask(ClientRouter router) {
    waitsFor = null;
    Admission answer;
    try {
      answer = router.route(this);
    } catch (RuntimeException e) {
      LOG.error("client {} closed: its router failed", origin.client(), e);
      return new Admission.Close();
    }
    if (answer instanceof Admission.Wait || answer instanceof Admission.Hold) {
      waitsFor = router;
    }
    return answer;
  }

  /** The client is over. */
  void end() {
    if (waitsFor != null) {
      waitsFor.left(this);
      waitsFor = null;
    }
  }

  @Override
  public InetSocketAddress client() {
    return origin.client();
  }

  @Override
  public int listenPort() {
    return listenPort;
  }

  @Override
  public byte[] firstBytes() {
    return firstBytes;
  }

  @Override
  public void goOn() {
    loop.execute(goOn);
  }
}
