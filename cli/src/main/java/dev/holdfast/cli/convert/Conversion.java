package dev.holdfast.cli.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.console.Structured;
import java.util.List;

/**
 * What became of another tool's command line.
 *
 * @param manifest a FailoverProxy that holds nothing that is the default anyway
 * @param notes what is different from the other tool, or could not be carried over; a sentence each
 */
public record Conversion(ObjectNode manifest, List<String> notes) {

  public Conversion {
    notes = List.copyOf(notes);
  }

  /** The manifest as people keep it, with the notes as comments above it. */
  public String yaml() {
    var text = new StringBuilder();
    notes.forEach(note -> text.append(comment(note)));
    try {
      return text.append(Structured.yaml(manifest)).append('\n').toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers can be written", e);
    }
  }

  /** The same manifest for the manifest reader, which reads JSON, too. */
  public String json() {
    return manifest.toString();
  }

  private static String comment(String note) {
    return note.lines().map(line -> "# " + line + "\n").reduce("", String::concat);
  }
}
