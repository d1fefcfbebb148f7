package dev.holdfast.dataplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.admin.browser.Chromium;
import dev.holdfast.dataplane.admin.browser.Tab;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.status.Statuses;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web page as a browser shows it. The pictures that it takes are in target/screenshots. */
class UiIT {
  private static Chromium browser;

  @TempDir private Path directory;
  private RunningAdmin admin;
  private Tab tab;

  @BeforeAll
  static void startBrowser() throws Exception {
    browser = Chromium.start();
  }

  @AfterAll
  static void stopBrowser() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    admin = new RunningAdmin(directory);
    admin.board.publish(UiSamples.proxy("pg-0", 4));
    tab = browser.open();
    tab.look(1280, "light");
    tab.go(admin.uri("/ui/v1/"));
    tab.awaitText("#contact", "Live");
  }

  @AfterEach
  void close() {
    tab.close();
    admin.close();
  }

  @Test
  @DisplayName("A change of primary is on the page as it happens, and is announced")
  void live() throws Exception {
    tab.awaitText("main h2", "FailoverProxy shop/postgres");
    tab.awaitText("main dl", "pg-0 10.0.0.40:5432");

    admin.board.publish(UiSamples.proxy("pg-1", 5));

    tab.awaitText("main dl", "pg-1 10.0.0.40:5432");
    tab.awaitText("[role=log]", "shop/postgres: Primary is now pg-1 (CheckFailed), epoch 5");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  @DisplayName("What a hostile backend calls itself is shown as text and never run")
  void hostile() throws Exception {
    admin.board.publish(UiSamples.balancer());
    admin.board.publish(UiSamples.proxy(UiSamples.HOSTILE, 5));

    tab.awaitText("[role=log]", UiSamples.HOSTILE);
    tab.awaitText("main dl", UiSamples.HOSTILE);
    tab.awaitText("#StickyBalancer\\\\.games\\\\.xmpp table", UiSamples.HOSTILE);
    assertThat(tab.value("document.querySelectorAll('img, b').length").intValue()).isZero();
    assertThat(tab.value("typeof window.hostile").textValue()).isEqualTo("undefined");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  @DisplayName("By keyboard alone a person makes another backend the primary")
  void keyboard() throws Exception {
    var asked = new CopyOnWriteArrayList<String>();
    admin.primaries =
        (namespace, name, request) -> {
          asked.add("%s/%s %s %s".formatted(namespace, name, request.to(), request.force()));
          return Optional.of(CompletableFuture.completedFuture(new SwitchAnswer.Admitted(5)));
        };

    tab.tabTo("Switch to: pg-1");
    tab.press("Enter");
    tab.awaitText("#confirm-title", "Make pg-1 the primary?");
    tab.press("Escape");
    tab.awaitTrue("!document.getElementById('confirm').open");
    assertThat(tab.value("document.activeElement.ariaLabel").asText()).isEqualTo("Switch to: pg-1");

    tab.press("Enter");
    tab.awaitTrue("document.activeElement.innerText === 'Cancel'");
    tab.tabTo("Switch");
    tab.press("Enter");
    tab.awaitText("#token-text", "This needs a bearer token");
    tab.type(RunningAdmin.ADMIN);
    tab.press("Enter");

    tab.awaitText("#notice", "pg-1 is the primary");
    assertThat(asked).containsExactly("shop/postgres pg-1 false");
    assertThat(tab.value("location.href + document.cookie + JSON.stringify(localStorage)").asText())
        .doesNotContain(RunningAdmin.ADMIN);
  }

  @Test
  @DisplayName("A switch by force says so, and a refusal is shown in the interface's words")
  void force() throws Exception {
    var asked = new CopyOnWriteArrayList<Boolean>();
    admin.primaries =
        (namespace, name, request) -> {
          asked.add(request.force());
          var no = new SwitchAnswer.Refused(SwitchAnswer.Refusal.Unhealthy, "it does not answer");
          return Optional.of(CompletableFuture.completedFuture(no));
        };
    give(RunningAdmin.ADMIN);

    tab.value("document.querySelector('[data-backend=\"pg-1\"]').click()");
    tab.value("document.querySelector('#confirm input').click()");
    tab.value("document.querySelector('#confirm .main').click()");

    tab.awaitText("#notice", "not switched to pg-1: it does not answer");
    assertThat(asked).containsExactly(true);
  }

  private void give(String token) throws Exception {
    tab.value("document.getElementById('token-button').click()");
    tab.type(token);
    tab.press("Enter");
    tab.awaitText("#contact", "Live");
  }

  @Test
  @DisplayName("With a token that may only read, the page says why its buttons are off")
  void readOnly() throws Exception {
    give(RunningAdmin.READ);
    tab.value("document.querySelector('[data-backend=\"pg-1\"]').click()");
    tab.value("document.querySelector('#confirm .main').click()");

    tab.awaitText("#notice", "this needs the scope admin");
    tab.awaitText("#read-only", "may only read");
    tab.awaitTrue("document.querySelector('[data-backend=\"pg-1\"]').disabled");

    give(RunningAdmin.ADMIN);
    tab.awaitTrue("!document.querySelector('[data-backend=\"pg-1\"]').disabled");
  }

  @Test
  @DisplayName("A wrong token locks the page until there is a right one, or none")
  void wrongToken() throws Exception {
    tab.value("document.getElementById('token-button').click()");
    tab.type("wrong");
    tab.press("Enter");
    tab.awaitText("#contact", "Locked");
    tab.awaitText("#token-text", "is not one of this server's tokens");

    tab.value("document.querySelector('#token [value=forget]').click()");
    tab.awaitText("#contact", "Live");
    assertThat(tab.value("sessionStorage.length").intValue()).isZero();
  }

  @Test
  @DisplayName("Out of contact the page says so, offers no change, and goes on by itself")
  void outOfContact() throws Exception {
    var port = admin.server.address().getPort();
    admin.close();
    tab.awaitText("#contact", "Out of contact");
    tab.awaitTrue("document.querySelector('[data-backend=\"pg-1\"]').disabled");
    tab.awaitText("main h2", "shop/postgres");

    admin = new RunningAdmin(directory, limits -> limits, port);
    admin.board.publish(Statuses.group("shop", "edge"));
    tab.awaitText("#contact", "Live");
    tab.awaitText("main h2", "FloatingIpGroup shop/edge");
    tab.awaitText("[role=log]", "shop/postgres: Runs here no more");
  }

  @Test
  @DisplayName("Tables have captions and headings, and every button and field has a name")
  void accessible() throws Exception {
    admin.board.publish(UiSamples.balancer());
    admin.board.publish(Statuses.group("shop", "edge"));
    tab.awaitTrue("document.querySelectorAll('main > section').length === 3");

    for (var wrong :
        List.of(
            "table:not(:has(> caption))",
            "th:not([scope])",
            "tbody tr:not(:has(> th[scope=row]))",
            "section:not([aria-labelledby])",
            "button:empty:not([aria-label], .main)",
            "input:not([id], label > *)",
            "meter:not([aria-label])",
            "[tabindex]:not([tabindex=\"0\"], [tabindex=\"-1\"])")) {
      var found = "[...document.querySelectorAll(`%s`)].map((one) => one.outerHTML).join()";
      assertThat(tab.value(found.formatted(wrong)).asText()).as(wrong).isEmpty();
    }
  }

  @Test
  @DisplayName("It fits a telephone and a screen, by day and by night")
  void fits() throws Exception {
    admin.board.publish(UiSamples.balancer());
    admin.board.publish(Statuses.group("shop", "edge"));
    tab.awaitTrue("document.querySelectorAll('main > section').length === 3");
    for (var scheme : List.of("light", "dark")) {
      for (int width : new int[] {1280, 800, 400, 360}) {
        tab.look(width, scheme);
        assertThat(tab.value("document.documentElement.scrollWidth").intValue())
            .as("%d px", width)
            .isLessThanOrEqualTo(width);
        tab.screenshot("ui-%s-%d".formatted(scheme, width));
      }
      assertThat(tab.value("matchMedia('(prefers-color-scheme: dark)').matches").asBoolean())
          .isEqualTo(scheme.equals("dark"));
    }
  }
}
