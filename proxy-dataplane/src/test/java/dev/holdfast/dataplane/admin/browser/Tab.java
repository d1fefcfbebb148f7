package dev.holdfast.dataplane.admin.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One page of the browser, and what went wrong in it. */
public final class Tab implements AutoCloseable, WebSocket.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Set<String> COMPLAINTS =
      Set.of("Runtime.exceptionThrown", "Log.entryAdded", "Audits.issueAdded");
  private static final Map<String, Integer> KEYS =
      Map.of("Tab", 9, "Enter", 13, "Escape", 27, " ", 32);

  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final StringBuilder partial = new StringBuilder();
  private WebSocket socket;

  private Tab() {}

  static Tab connect(HttpClient client, URI address) throws Exception {
    var tab = new Tab();
    tab.socket =
        client
            .newWebSocketBuilder()
            .connectTimeout(DEADLINE)
            .buildAsync(address, tab)
            .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    for (var domain : List.of("Page", "Runtime", "Log", "Network")) {
      tab.send(domain + ".enable", Map.of());
    }
    return tab;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      hear(partial.toString());
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void hear(String text) {
    try {
      var message = JSON.readTree(text);
      if (message.has("id")) {
        asked.remove(message.get("id").intValue()).complete(message);
      } else if (COMPLAINTS.contains(message.get("method").textValue())) {
        complaints.add(message.get("params").toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JsonNode send(String method, Map<String, ?> parameters) throws Exception {
    var number = numbers.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    asked.put(number, answer);
    ObjectNode request = JSON.createObjectNode().put("id", number).put("method", method);
    request.set("params", JSON.valueToTree(parameters));
    socket.sendText(request.toString(), true).get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    var message = answer.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    assertThat(message.has("error")).as("%s: %s", method, message).isFalse();
    return message.get("result");
  }

  public void go(URI address) throws Exception {
    send("Page.navigate", Map.of("url", address.toString()));
  }

  /** The value of a JavaScript expression. */
  public JsonNode value(String expression) throws Exception {
    var result = send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    assertThat(result.has("exceptionDetails")).as("%s: %s", expression, result).isFalse();
    return result.at("/result/value");
  }

  /** What a person reads there now. */
  public String text(String selector) throws Exception {
    return value("document.querySelector('%s')?.innerText ?? ''".formatted(selector)).asText();
  }

  public void awaitText(String selector, String part) {
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(text(selector)).containsIgnoringWhitespaces(part));
  }

  public void awaitTrue(String expression) {
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(value(expression).asBoolean()).as(expression).isTrue());
  }

  /** One of Tab, Enter, Escape and the space bar. */
  public void press(String key) throws Exception {
    var text = key.equals("Enter") ? "\r" : key.equals(" ") ? " " : "";
    var event =
        Map.of(
            "key",
            key,
            "code",
            key.equals(" ") ? "Space" : key,
            "windowsVirtualKeyCode",
            KEYS.get(key),
            "text",
            text);
    send("Input.dispatchKeyEvent", with(event, "type", text.isEmpty() ? "rawKeyDown" : "keyDown"));
    send("Input.dispatchKeyEvent", with(event, "type", "keyUp"));
  }

  private static Map<String, Object> with(Map<String, ?> event, String name, Object value) {
    var all = new HashMap<String, Object>(event);
    all.put(name, value);
    return all;
  }

  /** Goes on with the Tab key until what is focused has this name. */
  public void tabTo(String name) throws Exception {
    for (int i = 0; i < 60; i++) {
      press("Tab");
      if (value("document.activeElement.ariaLabel ?? document.activeElement.innerText")
          .asText()
          .equals(name)) {
        return;
      }
    }
    throw new AssertionError("the Tab key does not reach " + name);
  }

  public void type(String text) throws Exception {
    send("Input.insertText", Map.of("text", text));
  }

  public void look(int width, String scheme) throws Exception {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
    var feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    send("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  /** The whole page as target/screenshots/NAME.png. */
  public void screenshot(String name) throws Exception {
    var size = send("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
    var clip =
        Map.of(
            "x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"), "scale", 1);
    var picture =
        send("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip));
    var directory = Files.createDirectories(Path.of("target", "screenshots"));
    Files.write(
        directory.resolve(name + ".png"),
        Base64.getDecoder().decode(picture.get("data").textValue()));
  }

  /** Exceptions and what the browser logged: violated policies, failed requests. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
