package dev.holdfast.dataplane.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.dataplane.admin.access.Scope;
import dev.holdfast.dataplane.admin.http.Refusal;
import dev.holdfast.dataplane.admin.http.Request;
import dev.holdfast.dataplane.admin.http.Response;
import dev.holdfast.dataplane.admin.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The web page. Its files are the same everywhere and tell nothing of what runs here, so that they
 * need no credential: a browser sends none when it opens a page. What the page shows, it asks the
 * interface for, with its user's token.
 */
final class UiRoutes {
  private static final String INDEX = "index.html";
  private static final List<String> FILES =
      List.of(
          INDEX,
          "icon.svg",
          "page.css",
          "actions.js",
          "api.js",
          "app.js",
          "balancer.js",
          "changes.js",
          "contact.js",
          "desk.js",
          "dialogs.js",
          "dom.js",
          "entries.js",
          "group.js",
          "history.js",
          "parts.js",
          "proxy.js");

  /** Nothing but this server's own files, and no markup made of strings. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private static final Response.Whole NO_SUCH_FILE =
      Refusal.notFound("the web page has no such file; it is at /ui/v1/").toResponse();

  private UiRoutes() {}

  static List<Route> read() {
    var files = FILES.stream().collect(Collectors.toMap(file -> file, UiRoutes::response));
    var index = Objects.requireNonNull(files.get(INDEX));
    var toIndex =
        new Response.Whole(308, "text/plain; charset=utf-8", "v1/", Map.of("Location", "v1/"));
    return List.of(
        route("/ui/v1", request -> toIndex),
        route("/ui/v1/", request -> index),
        route(
            "/ui/v1/{file}",
            request -> files.getOrDefault(request.variable("file"), NO_SUCH_FILE)));
  }

  private static Route route(String path, Function<Request, Response> answer) {
    return new Route(
        "GET",
        path,
        Scope.NONE,
        0,
        request -> CompletableFuture.completedStage(answer.apply(request)));
  }

  private static Response.Whole response(String file) {
    var content = content(file);
    var headers = new HashMap<String, String>();
    headers.put("Cache-Control", "no-cache"); // kept, and asked for anew by its tag
    headers.put("ETag", tag(content));
    headers.put("Content-Security-Policy", POLICY);
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    return new Response.Whole(200, type(file), new String(content, UTF_8), Map.copyOf(headers));
  }

  private static byte[] content(String file) {
    try (var in = UiRoutes.class.getResourceAsStream("ui/" + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the web page's file " + file, e);
    }
  }

  private static String tag(byte[] content) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String type(String file) {
    var extension = file.substring(file.lastIndexOf('.') + 1);
    return switch (extension) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml; charset=utf-8";
      default -> throw new IllegalArgumentException("no media type is known for " + file);
    };
  }
}
