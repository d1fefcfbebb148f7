package dev.holdfast.floatingip.fake;

import dev.holdfast.floatingip.fake.FakeAction.Resource;
import dev.holdfast.floatingip.fake.FakeSettings.StrictAssign;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes to floating IPs that take time: each locks the IP until its action has ended. */
final class FloatingIpActions {
  static final String TYPE = "floating_ip";

  private FloatingIpActions() {}

  static ApiReply assign(Occasion occasion) {
    var json = occasion.request().json();
    var project = occasion.project();
    var ip = project.ip(occasion.id(1));
    if (!json.path("server").isIntegralNumber()) {
      throw ApiError.invalid("server", "must be the id of a server");
    }
    var server = project.server(json.get("server").longValue());
    requireUnlocked(project, ip);
    if (ip.blocked()) {
      throw new ApiError(422, "service_error", "the Floating IP is blocked");
    }
    if (refused(project.settings().strictAssign(), ip, server.id())) {
      throw new ApiError(422, "floating_ip_assigned", "the Floating IP is already assigned");
    }
    return accepted(begin(occasion, "assign_floating_ip", ip.id(), server.id()));
  }

  static ApiReply unassign(Occasion occasion) {
    var project = occasion.project();
    var ip = project.ip(occasion.id(1));
    requireUnlocked(project, ip);
    return accepted(begin(occasion, "unassign_floating_ip", ip.id(), null));
  }

  static ApiReply changeDnsPtr(Occasion occasion) {
    var json = occasion.request().json();
    var project = occasion.project();
    var ip = project.ip(occasion.id(1));
    requireUnlocked(project, ip);
    if (!json.path("ip").isTextual() || !json.has("dns_ptr")) {
      throw ApiError.invalid("ip", "ip and dns_ptr are required");
    }
    var pointers = new TreeMap<>(ip.dnsPtr());
    if (json.get("dns_ptr").isNull()) {
      pointers.remove(json.get("ip").textValue());
    } else {
      pointers.put(json.get("ip").textValue(), json.get("dns_ptr").asText());
    }
    project.set(project.inventory().with(ip.named(pointers)));
    return accepted(done(project, "change_dns_ptr", ip.id()));
  }

  static ApiReply changeProtection(Occasion occasion) {
    var json = occasion.request().json();
    var project = occasion.project();
    var ip = project.ip(occasion.id(1));
    requireUnlocked(project, ip);
    if (!json.path("delete").isBoolean()) {
      throw ApiError.invalid("delete", "must be true or false");
    }
    project.set(project.inventory().with(ip.kept(json.get("delete").booleanValue())));
    return accepted(done(project, "change_protection", ip.id()));
  }

  static void requireUnlocked(Project project, FakeFloatingIp ip) {
    if (project.inventory().locked(TYPE, ip.id())) {
      throw new ApiError(423, "locked", "the Floating IP is locked by a running action");
    }
  }

  /** Ends after the delay, as the occasion's fault says. */
  static FakeAction begin(Occasion occasion, String command, long ip, @Nullable Long server) {
    var project = occasion.project();
    var action = running(project, command, ip, server);
    if (!(occasion.fault() instanceof Fault.ActionNeverEnds)) {
      var fault = occasion.fault();
      project.after(
          project.settings().actionDelay(), () -> end(project, action, ip, server, fault));
    }
    return action;
  }

  private static void end(
      Project project, FakeAction action, long ip, @Nullable Long server, @Nullable Fault fault) {
    if (fault instanceof Fault.ActionFails(var code, var message)) {
      var failed = action.failed(project.now(), new FakeAction.Reason(code, message));
      project.set(project.inventory().with(failed));
      return;
    }
    project.set(project.inventory().with(action.succeeded(project.now())));
    if (!(fault instanceof Fault.ActionWithoutEffect)
        && project.inventory().ips().containsKey(ip)) {
      project.point(ip, server);
    }
  }

  private static FakeAction done(Project project, String command, long ip) {
    var action = running(project, command, ip, null);
    project.after(
        Duration.ZERO,
        () -> project.set(project.inventory().with(action.succeeded(project.now()))));
    return action;
  }

  private static FakeAction running(
      Project project, String command, long ip, @Nullable Long server) {
    var resources = new ArrayList<Resource>();
    if (server != null) {
      resources.add(new Resource(server, "server"));
    }
    resources.add(new Resource(ip, TYPE));
    var action =
        new FakeAction(
            project.nextId(),
            command,
            FakeAction.RUNNING,
            project.now(),
            null,
            List.copyOf(resources),
            null);
    project.set(project.inventory().with(action));
    return action;
  }

  private static boolean refused(StrictAssign strict, FakeFloatingIp ip, long server) {
    return switch (strict) {
      case Never -> false;
      case SameServer -> Objects.equals(ip.server(), server);
      case AnyServer -> ip.server() != null;
    };
  }

  private static ApiReply accepted(FakeAction action) {
    return new ApiReply(201, ActionRoutes.body(action));
  }
}
