package dev.holdfast.dataplane.config;

import static dev.holdfast.api.GatewayDuration.parse;

import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.api.v1alpha1.Hook.OnFailure;
import dev.holdfast.api.v1alpha1.HttpHook;
import dev.holdfast.api.v1alpha1.SecretKeyRef;
import dev.holdfast.dataplane.failover.HookPlan;
import dev.holdfast.dataplane.failover.HookPlan.Trigger;
import dev.holdfast.dataplane.hooks.Hook;
import dev.holdfast.dataplane.hooks.HookAction;
import dev.holdfast.health.probe.HttpExchange.StatusRange;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.Text;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes hooks of what the spec says of them. */
final class HookConverter {
  /** What hooks may take beyond their own timeouts before the choice is given up. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Set by the connection itself, or by the body. */
  private static final Set<String> NOT_TO_SET =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private HookConverter() {}

  static List<Hook> hooks(FailoverProxySpec spec) {
    return spec.hooks().stream().map(HookConverter::hook).toList();
  }

  static HookPlan plan(FailoverProxySpec spec) {
    var hooks = hooks(spec);
    return hooks.isEmpty()
        ? HookPlan.none()
        : new HookPlan(
            hooks.stream().flatMap(hook -> hook.when().stream()).collect(Collectors.toSet()),
            hooks.stream().map(Hook::timeout).reduce(GRACE, Duration::plus));
  }

  private static Hook hook(dev.holdfast.api.v1alpha1.Hook hook) {
    return new Hook(
        hook.name(),
        hook.when().stream().map(when -> Trigger.valueOf(when.name())).collect(Collectors.toSet()),
        action(hook),
        parse(hook.timeout()),
        hook.onFailure() == OnFailure.Abort);
  }

  /** The schema sees to it that there is exactly one. */
  private static HookAction action(dev.holdfast.api.v1alpha1.Hook hook) {
    var exec = hook.exec();
    if (exec != null) {
      return new HookAction.Exec(exec.command());
    }
    var http = hook.http();
    if (http == null) {
      throw new IllegalArgumentException("hook " + hook.name() + ": expected exec or http");
    }
    return http(hook.name(), http);
  }

  private static HookAction.Http http(String hook, HttpHook http) {
    var headers = new HashMap<String, Text>();
    http.headers().forEach((name, value) -> headers.put(name, new Text.Literal(value)));
    http.headersFrom().forEach(from -> headers.put(from.name(), kept(from.secretKeyRef())));
    for (var name : headers.keySet()) {
      if (NOT_TO_SET.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "hook %s: the header %s cannot be set, take it out".formatted(hook, name));
      }
    }
    return new HookAction.Http(
        text(http.url(), http.urlSecretRef()),
        http.method().name(),
        headers,
        text(http.body(), http.bodySecretRef()),
        http.expectStatus().stream().map(StatusRange::parse).toList());
  }

  private static Text text(@Nullable String plain, @Nullable SecretKeyRef ref) {
    return ref != null ? kept(ref) : new Text.Literal(plain == null ? "" : plain);
  }

  private static Text kept(SecretKeyRef ref) {
    return new Text.Kept(Reference.secret(ref.name(), ref.key()));
  }
}
