package dev.holdfast.dataplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.admin.access.AccessPolicy;
import dev.holdfast.dataplane.admin.access.Credentials;
import dev.holdfast.dataplane.admin.access.Tokens;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UiRoutesTest {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml; charset=utf-8");
  private static final Pattern MENTIONED =
      Pattern.compile("(?:src|href|from) ?=?\"(\\./)?([^\"]*)\"");

  @TempDir private Path directory;
  private RunningAdmin admin;

  @BeforeEach
  void start() throws Exception {
    admin = new RunningAdmin(directory);
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static List<Path> files() throws Exception {
    try (var found = Files.list(Path.of(UiRoutes.class.getResource("ui").toURI()))) {
      return found.toList();
    }
  }

  @Test
  @DisplayName("Every file of the page is served as it is, with its type")
  void served() throws Exception {
    for (var file : files()) {
      var name = file.getFileName().toString();
      var response = admin.get("/ui/v1/" + name);
      assertThat(response.statusCode()).as(name).isEqualTo(200);
      assertThat(response.body()).isEqualTo(Files.readString(file));
      assertThat(header(response, "Content-Type"))
          .isEqualTo(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    }
    assertThat(admin.get("/ui/v1/").body()).startsWith("<!doctype html>");
  }

  @Test
  @DisplayName("The page is found without its last slash")
  void redirect() throws Exception {
    var response = admin.get("/ui/v1");
    assertThat(response.statusCode()).isEqualTo(308);
    assertThat(response.uri().resolve(header(response, "Location")))
        .isEqualTo(admin.uri("/ui/v1/"));
  }

  @Test
  @DisplayName("Nothing but the page's own files is loaded or run, and nobody may frame it")
  void policy() throws Exception {
    for (var file : files()) {
      var response = admin.get("/ui/v1/" + file.getFileName());
      assertThat(header(response, "Content-Security-Policy"))
          .startsWith("default-src 'none'; script-src 'self';")
          .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
          .doesNotContain("unsafe", "http");
      assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
    }
  }

  @Test
  @DisplayName("What a file mentions is one of the interface's own addresses, and is there")
  void complete() throws Exception {
    for (var file : files()) {
      var mentioned = MENTIONED.matcher(Files.readString(file));
      while (mentioned.find()) {
        var address = mentioned.group(2);
        if (!address.startsWith("#") && !address.startsWith("http://www.w3.org/")) {
          var uri = admin.uri("/ui/v1/").resolve(address);
          assertThat(uri.getAuthority()).as(address).isEqualTo(admin.uri("/").getAuthority());
          assertThat(admin.get(uri.getPath()).statusCode()).as(address).isEqualTo(200);
        }
      }
    }
  }

  @Test
  @DisplayName("A browser that has a file already is told so, and gets it when it has another one")
  void conditional() throws Exception {
    var tag = header(admin.get("/ui/v1/app.js"), "ETag");
    assertThat(header(admin.get("/ui/v1/app.js"), "Cache-Control")).isEqualTo("no-cache");

    for (var has : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
      var response = admin.send("GET", "/ui/v1/app.js", "", "If-None-Match", has);
      assertThat(response.statusCode()).as(has).isEqualTo(304);
      assertThat(response.body()).isEmpty();
      assertThat(header(response, "ETag")).isEqualTo(tag);
    }
    for (var has : List.of("\"x\"", header(admin.get("/ui/v1/"), "ETag"))) {
      var response = admin.send("GET", "/ui/v1/app.js", "", "If-None-Match", has);
      assertThat(response.statusCode()).as(has).isEqualTo(200);
      assertThat(response.body()).isNotEmpty();
    }
  }

  @Test
  @DisplayName("Other names, ways out of the folder and other methods are refused")
  void refused() throws Exception {
    for (var name :
        List.of("x.js", "..", "%2e%2e%2fopenapi.yaml", "..%2Fopenapi.yaml", "app.js%00")) {
      assertThat(admin.get("/ui/v1/" + name).statusCode()).as(name).isEqualTo(404);
    }
    for (var method : List.of("POST", "PUT", "DELETE")) {
      var response = admin.send(method, "/ui/v1/", "");
      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
    }
    assertThat(admin.send("HEAD", "/ui/v1/app.js", "").body()).isEmpty();
  }

  @Test
  @DisplayName("Off loopback a stranger gets the page's files, and nothing that they could show")
  void strangers() {
    for (var route : AdminServer.routes(admin.content(), List::of, Runnable::run)) {
      var verdict =
          AccessPolicy.decide(
              false, Tokens.none(), List.of(), new Credentials(null, null), route.scope());
      assertThat(verdict instanceof AccessPolicy.Verdict.Granted)
          .as(route.template())
          .isEqualTo(route.template().startsWith("/ui/v1"));
    }
  }
}
