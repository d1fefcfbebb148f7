package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.References;
import java.util.Map;

/** The values that a resource names, as they were at one time. */
record ReferenceSnapshot(Map<Reference, byte[]> values) implements References {

  ReferenceSnapshot {
    values = Map.copyOf(values);
  }

  @Override
  public byte[] read(Reference reference) throws MissingReference {
    var value = values.get(reference);
    if (value == null) {
      throw new MissingReference(reference, "it has not been read yet");
    }
    return value;
  }

  @Override
  public String toString() {
    return "ReferenceSnapshot" + values.keySet();
  }
}
