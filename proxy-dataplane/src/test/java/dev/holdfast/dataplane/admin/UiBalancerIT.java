package dev.holdfast.dataplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.admin.browser.Chromium;
import dev.holdfast.dataplane.admin.browser.Tab;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the web page does with a StickyBalancer, in a browser. */
class UiBalancerIT {
  private static final String ROWS =
      "[...document.querySelectorAll('[data-key=\"table Entries found\"] tbody th')]"
          + ".map((one) => one.innerText)";

  private static Chromium browser;

  @TempDir private Path directory;
  private final SampleTable table = new SampleTable();
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
    admin.balancers = (namespace, name) -> Optional.of(table);
    admin.board.publish(UiSamples.balancer());
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

  private void giveToken() throws Exception {
    tab.value("document.getElementById('token-button').click()");
    tab.type(RunningAdmin.ADMIN);
    tab.press("Enter");
    tab.awaitTrue("!document.getElementById('token').open");
    tab.awaitText("#contact", "Live");
  }

  private void confirm(String title) throws Exception {
    tab.awaitText("#confirm-title", title);
    tab.value("document.querySelector('#confirm .main').click()");
    tab.awaitTrue("!document.getElementById('confirm').open");
  }

  @Test
  @DisplayName("A group is drained, disabled, enabled, and left to its configuration again")
  void states() throws Exception {
    giveToken();
    for (var step :
        List.of("1 Draining=Drain berlin?", "1 Disabled=Disable berlin?", "3 Active=Enable ")) {
      var idAndState = step.split("=")[0].split(" ");
      tab.value(
          "document.querySelector('[data-id=\"%s\"][data-state=\"%s\"]').click()"
              .formatted((Object[]) idAndState));
      confirm(step.split("=")[1]);
      tab.awaitText("#notice", "is wanted, it is");
      tab.awaitTrue("!document.querySelector('[data-id]').disabled");
    }
    tab.value("document.querySelector('[data-id=\"3\"][data-state=\"\"]').click()");
    confirm("Let the configuration decide on ");

    tab.awaitTrue("!document.querySelector('[data-id]').disabled");
    assertThat(table.wanted).containsExactly("1 Draining", "1 Disabled", "3 Active", "3 null");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  @DisplayName("By keyboard alone a person looks for a key and removes it")
  void remove() throws Exception {
    giveToken();
    tab.value("document.querySelector('[name=key]').focus()");
    tab.type("10.0.0.7");
    tab.press("Enter");
    tab.awaitTrue(ROWS + ".join() === '10.0.0.7'");

    tab.tabTo("Remove: 10.0.0.7");
    tab.press("Enter");
    tab.awaitText("#confirm-title", "Remove 10.0.0.7?");
    tab.tabTo("Remove");
    tab.press("Enter");

    tab.awaitText("#notice", "10.0.0.7 is removed.");
    tab.awaitText("form.search + p", "No entry is like that.");
  }

  @Test
  @DisplayName(
      "All keys are seen page by page, those of one group too, and a key that is none is told")
  void pages() throws Exception {
    tab.value("document.querySelector('form.search button').click()");
    tab.awaitText("form.search + p", "Page 1: 50 entries.");
    tab.value("document.querySelector('[data-to=next]').click()");
    tab.awaitText("form.search + p", "Page 2: 50 entries.");
    tab.screenshot("ui-entries");
    tab.value("document.querySelector('[data-to=next]').click()");
    tab.awaitText("form.search + p", "Page 3: 20 entries, the last.");
    tab.awaitTrue("document.querySelector('[data-to=next]').disabled");
    tab.value("document.querySelector('[data-to=first]').click()");
    tab.awaitTrue(ROWS + "[0] === '10.0.0.0'");

    tab.value("document.querySelector('form.search select').value = '2'");
    tab.value("document.querySelector('form.search button').click()");
    tab.awaitTrue(ROWS + "[0] === '10.0.0.1' && " + ROWS + ".length === 50");

    tab.value("document.querySelector('[name=key]').value = '<b>'");
    tab.value("document.querySelector('form.search button').click()");
    tab.awaitText("form.search + p", "expected a key: an IP address");
  }
}
