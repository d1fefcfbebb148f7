package dev.holdfast.cli.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.console.Structured;
import dev.holdfast.health.reference.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of another tool's command line.
 *
 * @param manifests at least one resource; they hold nothing that is the default anyway
 * @param notes what is different from the other tool, or could not be carried over; a sentence each
 * @param secrets what the manifests refer to, and the notes and texts here do not show
 */
public record Conversion(
    List<ObjectNode> manifests, List<String> notes, Map<Reference, String> secrets) {

  public Conversion {
    manifests = List.copyOf(manifests);
    notes = List.copyOf(notes);
    secrets = new LinkedHashMap<>(secrets);
  }

  /** One resource without secrets. */
  public Conversion(ObjectNode manifest, List<String> notes) {
    this(List.of(manifest), notes, Map.of());
  }

  /** The only resource, or the first. */
  public ObjectNode manifest() {
    return manifests.getFirst();
  }

  /**
   * The manifests as people keep them; as comments above them the notes, and where the secrets go.
   */
  public String yaml() {
    return Stream.concat(notes.stream(), whereSecretsGo())
            .map(Conversion::comment)
            .collect(Collectors.joining())
        + manifests.stream().map(Conversion::yaml).collect(Collectors.joining("---\n"));
  }

  /** The same manifests for the manifest reader, which reads JSON, too. */
  public String json() {
    return manifests.stream().map(ObjectNode::toString).collect(Collectors.joining("\n---\n"));
  }

  /** Does not show the secrets. */
  @Override
  public String toString() {
    return "Conversion[manifests=%s, notes=%s, secrets=%s]"
        .formatted(manifests, notes, secrets.keySet());
  }

  private Stream<String> whereSecretsGo() {
    if (secrets.isEmpty()) {
      return Stream.empty();
    }
    var lines = Stream.<String>builder();
    lines.add("Secrets are not shown. In a cluster, keep each in a file and say:");
    secrets
        .keySet()
        .forEach(place ->
            lines.add(
                "  kubectl create secret generic %s --from-file=%s=FILE"
                    .formatted(place.name(), place.key())));
    lines.add("For holdfast run, put them below DIR, and say --refs DIR:");
    secrets
        .keySet()
        .forEach(place -> lines.add("  DIR/secrets/%s/%s".formatted(place.name(), place.key())));
    return lines.build();
  }

  private static String yaml(ObjectNode manifest) {
    try {
      return Structured.yaml(manifest) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers can be written", e);
    }
  }

  private static String comment(String note) {
    // to YAML there are more line ends than two, and some characters are none
    return Stream.of(note.split("\\R"))
        .map(line -> "# " + line.replaceAll("[\\p{Cntrl}\\ufffe\\uffff]", " ") + "\n")
        .collect(Collectors.joining());
  }
}
