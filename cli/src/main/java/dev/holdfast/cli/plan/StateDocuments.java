package dev.holdfast.cli.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.floatingip.plan.FloatingIp;
import dev.holdfast.floatingip.plan.Health;
import dev.holdfast.floatingip.plan.Observed;
import dev.holdfast.floatingip.plan.Server;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * States of servers and floating IPs, one JSON document after the other. Other fields of a document
 * than its two lists are for whoever wrote it.
 */
public final class StateDocuments {
  private static final int MAX_SERVERS = 1_000;
  private static final int MAX_FLOATING_IPS = 10_000;
  private static final Set<String> PLACE =
      Set.of("id", "name", "location", "networkZone", "resourceIndex");
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String source;
  private final Consumer<Observed> consumer;

  /**
   * @param source what errors call the input
   * @param consumer gets each document as it is read
   */
  public StateDocuments(String source, Consumer<Observed> consumer) {
    this.source = source;
    this.consumer = consumer;
  }

  /**
   * Reads to the end.
   *
   * @throws CommandFailed at the first document that is none, with its line and field
   */
  public void read(InputStream in) throws IOException {
    try (var parser = MAPPER.createParser(in)) {
      if (parser.nextToken() == null) {
        throw new CommandFailed(source + ": expected a JSON document, found none");
      }
      do {
        readOne(parser);
      } while (parser.nextToken() != null);
    } catch (JsonProcessingException e) {
      throw failed(e.getLocation().getLineNr(), "expected JSON: " + e.getOriginalMessage(), e);
    }
  }

  private void readOne(JsonParser parser) throws IOException {
    var line = parser.currentTokenLocation().getLineNr();
    JsonNode document = MAPPER.readTree(parser);
    try {
      consumer.accept(observed(document));
    } catch (IllegalArgumentException | Fields.BadField e) {
      throw failed(line, String.valueOf(e.getMessage()), e);
    }
  }

  private CommandFailed failed(int line, String message, Exception cause) {
    return new CommandFailed(source + ":" + line + ": " + message, cause);
  }

  private static Observed observed(JsonNode document) {
    var fields = Fields.of("document", document);
    var top = new Fields("", fields.object());
    return new Observed(
        top.list("servers", MAX_SERVERS).stream().map(StateDocuments::server).toList(),
        top.list("floatingIps", MAX_FLOATING_IPS).stream()
            .map(StateDocuments::floatingIp)
            .toList());
  }

  private static Server server(Fields fields) {
    fields.refusingOthersThan(placeAnd("health"));
    return new Server(
        fields.id("id"),
        fields.text("name"),
        fields.text("location"),
        fields.text("networkZone"),
        fields.index("resourceIndex"),
        fields.oneOf(Health.class, "health"));
  }

  private static FloatingIp floatingIp(Fields fields) {
    fields.refusingOthersThan(placeAnd("server"));
    return new FloatingIp(
        fields.id("id"),
        fields.text("name"),
        fields.text("location"),
        fields.text("networkZone"),
        fields.index("resourceIndex"),
        fields.idOrNone("server"));
  }

  private static Set<String> placeAnd(String field) {
    var fields = new TreeSet<>(PLACE);
    fields.add(field);
    return fields;
  }
}
