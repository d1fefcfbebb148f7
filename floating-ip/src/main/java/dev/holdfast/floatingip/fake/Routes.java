package dev.holdfast.floatingip.fake;

import java.util.List;
import java.util.function.Function;

/** Which code answers which request. */
final class Routes {

  private record Route(String method, String path, Function<Occasion, ApiReply> answer) {

    boolean matches(String path) {
      return path.matches(this.path.replace("{}", "[^/]+"));
    }
  }

  private static final List<Route> ALL =
      List.of(
          new Route("GET", "/locations", Locations::list),
          new Route("GET", "/locations/{}", Locations::get),
          new Route("GET", "/servers", ServerRoutes::list),
          new Route("GET", "/servers/{}", ServerRoutes::get),
          new Route("GET", "/actions", ActionRoutes::listed),
          new Route("GET", "/actions/{}", ActionRoutes::one),
          new Route("GET", "/floating_ips/actions", ActionRoutes::ofIps),
          new Route("GET", "/floating_ips/actions/{}", ActionRoutes::oneOfIps),
          new Route("GET", "/floating_ips", FloatingIpRoutes::list),
          new Route("POST", "/floating_ips", FloatingIpRoutes::create),
          new Route("GET", "/floating_ips/{}", FloatingIpRoutes::get),
          new Route("PUT", "/floating_ips/{}", FloatingIpRoutes::update),
          new Route("DELETE", "/floating_ips/{}", FloatingIpRoutes::delete),
          new Route("GET", "/floating_ips/{}/actions", ActionRoutes::ofIp),
          new Route("POST", "/floating_ips/{}/actions/assign", FloatingIpActions::assign),
          new Route("POST", "/floating_ips/{}/actions/unassign", FloatingIpActions::unassign),
          new Route(
              "POST", "/floating_ips/{}/actions/change_dns_ptr", FloatingIpActions::changeDnsPtr),
          new Route(
              "POST",
              "/floating_ips/{}/actions/change_protection",
              FloatingIpActions::changeProtection),
          new Route("GET", "/floating_ips/{}/actions/{}", ActionRoutes::oneOfIp),
          new Route("GET", "/datacenters(/{})?", _ -> gone()));

  private Routes() {}

  static ApiReply answer(Occasion occasion) {
    var request = occasion.request();
    return ALL.stream()
        .filter(route -> route.method().equals(request.method()))
        .filter(route -> route.matches(request.path()))
        .findFirst()
        .orElseThrow(() -> new ApiError(404, "not_found", "there is nothing at this path"))
        .answer()
        .apply(occasion);
  }

  private static ApiReply gone() {
    throw new ApiError(410, "deprecated_api_endpoint", "data centers are told no more");
  }
}
