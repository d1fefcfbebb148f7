package dev.holdfast.operator;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.holdfast.operator.failoverproxy.FailoverProxyController;
import dev.holdfast.operator.floatingipgroup.FloatingIpGroupController;
import dev.holdfast.operator.floatingipgroup.FloatingIpGroupOptions;
import dev.holdfast.operator.reconcile.DataPlaneOptions;
import dev.holdfast.operator.server.HealthServer;
import dev.holdfast.operator.server.MetricsServer;
import dev.holdfast.operator.stickybalancer.StickyBalancerController;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator as a process: health at once, reconciling as soon as it leads. */
public final class HoldfastOperator implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HoldfastOperator.class);

  /** Must be well below the pod's terminationGracePeriodSeconds. */
  private static final Duration TERMINATION = Duration.ofSeconds(10);

  /** Until an API server that is away is asked again. */
  private static final Duration PREFLIGHT_RETRY = Duration.ofSeconds(2);

  /** How it ended. */
  public enum Ending {
    Stopped,
    /** It could not start, or had to stop; the log says why. */
    Failed
  }

  private final OperatorOptions options;
  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Operator operator;
  private final FailoverProxyController failoverProxies;
  private final StickyBalancerController stickyBalancers;
  private final FloatingIpGroupController floatingIpGroups;
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();

  private volatile boolean leading;
  private volatile Optional<LeaderElection> election = Optional.empty();
  private volatile boolean stopping;

  private HoldfastOperator(OperatorOptions options) {
    this.options = options;
    JvmMetrics.bindTo(metrics);
    operator =
        new Operator(overrider ->
            overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(metrics))
                .withReconciliationTerminationTimeout(TERMINATION)
                // An annotation on each child only to recognise our own writes: not needed,
                // because reconciling an object that is right writes nothing.
                .withPreviousAnnotationForDependentResources(false));
    failoverProxies = FailoverProxyController.register(operator, client, dataPlaneOptions(options));
    stickyBalancers =
        StickyBalancerController.register(operator, client, dataPlaneOptions(options));
    floatingIpGroups =
        FloatingIpGroupController.register(
            operator,
            client,
            metrics,
            new FloatingIpGroupOptions(
                options.namespaces(),
                options.identity(),
                options.hetznerEndpoints(),
                this::mayWrite));
  }

  private static DataPlaneOptions dataPlaneOptions(OperatorOptions options) {
    return new DataPlaneOptions(
        options.namespaces(),
        options.dataPlaneImage(),
        options.operatorNamespace(),
        options.identity());
  }

  /**
   * Runs until {@code stop} completes, or until it cannot go on.
   *
   * @return how it ended, when everything has stopped
   */
  public static Ending run(OperatorOptions options, CompletableFuture<?> stop) {
    try (var holdfast = new HoldfastOperator(options);
        var health = HealthServer.start(options.healthPort(), holdfast::isReady);
        var metrics =
            MetricsServer.start(
                options.metricsPort(), options.metricsTokenFile(), holdfast::figures)) {
      stop.thenRun(() -> holdfast.ending.complete(Ending.Stopped));
      log.info("health on port {}, metrics on port {}", health.port(), metrics.port());
      return holdfast.lead();
    } catch (IOException e) {
      log.error("cannot listen: {}", e.getMessage());
      return Ending.Failed;
    }
  }

  private Ending lead() {
    awaitApiServer();
    if (!ending.isDone()) {
      election = elect();
    }
    var how = ending.join();
    stopping = true;
    log.info("stopping");
    // First no more writes, then the Lease: the next leader must not meet the last one's.
    operator.stop();
    failoverProxies.close();
    stickyBalancers.close();
    floatingIpGroups.close();
    election.ifPresent(LeaderElection::close);
    return how;
  }

  /** Returns when there is something to do, or when this operator is to end. */
  private void awaitApiServer() {
    var said = "";
    while (!ending.isDone()) {
      var answer =
          CompletableFuture.supplyAsync(
              () -> Preflight.check(client, options), Thread.ofVirtual()::start);
      CompletableFuture.anyOf(answer, ending).join();
      switch (answer.getNow(new Preflight.Answer.Away("no answer yet"))) {
        case Preflight.Answer.Fine fine -> {
          return;
        }
        case Preflight.Answer.Wrong(var message) -> {
          log.error(message);
          ending.complete(Ending.Failed);
        }
        case Preflight.Answer.Away(var message) -> {
          if (!message.equals(said)) {
            log.warn("{}; waiting for it", message);
            said = message;
          }
          ending
              .copy()
              .completeOnTimeout(Ending.Failed, PREFLIGHT_RETRY.toSeconds(), SECONDS)
              .join();
        }
      }
    }
  }

  private Optional<LeaderElection> elect() {
    if (options.leaderElection().isEmpty()) {
      reconcile();
    }
    return options
        .leaderElection()
        .map(lease ->
            LeaderElection.start(
                options, lease, () -> Thread.ofVirtual().start(this::reconcile), this::deposed));
  }

  private void reconcile() {
    leading = true;
    try {
      operator.start();
      log.info(
          "reconciling in {}",
          options.namespaces().isEmpty() ? "all namespaces" : options.namespaces());
    } catch (RuntimeException e) {
      log.error("cannot start: {}", e.getMessage(), e);
      ending.complete(Ending.Failed);
    }
  }

  private String figures() {
    floatingIpGroups.measure();
    return metrics.scrape();
  }

  /** Asked before each write to a provider, where nothing else keeps two writers apart. */
  private boolean mayWrite() {
    return leading
        && !stopping
        && (options.leaderElection().isEmpty()
            || election.map(LeaderElection::isCertain).orElse(false));
  }

  private void deposed() {
    leading = false;
    if (ending.complete(Ending.Failed)) {
      log.error("lost the Lease: stopping, because somebody else may lead now");
    }
  }

  /** Whoever waits for the Lease is ready; whoever leads is, while it hears the API server. */
  private boolean isReady() {
    var runtime = operator.getRuntimeInfo();
    return !stopping && (!runtime.isStarted() || runtime.allEventSourcesAreHealthy());
  }

  @Override
  public void close() {
    client.close();
  }
}
