package dev.holdfast.cli.convert;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.References;
import java.util.Map;

/**
 * What stood in another tool's configuration, for the manifests that were made of it.
 *
 * @param others for everything else
 */
public record ConvertedSecrets(Map<Reference, String> secrets, References others)
    implements References {

  @Override
  public byte[] read(Reference reference) throws MissingReference {
    var value = secrets.get(reference);
    return value == null ? others.read(reference) : value.getBytes(UTF_8);
  }

  /** Does not show the secrets. */
  @Override
  public String toString() {
    return "ConvertedSecrets" + secrets.keySet();
  }
}
