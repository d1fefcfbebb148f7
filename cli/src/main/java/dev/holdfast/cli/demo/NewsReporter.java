package dev.holdfast.cli.demo;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.FloatingIpGroupReport;
import dev.holdfast.api.dataplane.ResourceStatus;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.dataplane.status.StatusBoard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Prints the news on a thread of its own: a stopped terminal must not stop the data plane. */
final class NewsReporter implements AutoCloseable {
  private static final int MAX_WAITING = 100;

  private final Map<String, ProxyNews> proxies = new HashMap<>();
  private final Map<String, FloatingIpGroupReport> groups = new HashMap<>();
  private final DemoScreen screen;
  private final ThreadPoolExecutor printer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          Thread.ofVirtual().name("news").factory(),
          new ThreadPoolExecutor.DiscardOldestPolicy());
  private final StatusBoard.Subscription subscription;

  NewsReporter(StatusBoard<ResourceStatus> board, DemoScreen screen) {
    this.screen = screen;
    this.subscription = board.subscribe(status -> printer.execute(() -> tell(status)));
  }

  private void tell(ResourceStatus status) {
    var name = status.namespace() + "/" + status.name();
    var news =
        switch (status) {
          case DataPlaneStatus proxy ->
              proxies.computeIfAbsent(name, _ -> new ProxyNews()).of(proxy);
          case FloatingIpGroupReport group -> GroupNews.since(groups.put(name, group), group);
          case StickyBalancerReport _ -> List.<String>of(); // the demo runs none
        };
    news.forEach(screen::tell);
  }

  @Override
  public void close() {
    subscription.close();
    printer.shutdownNow();
  }
}
