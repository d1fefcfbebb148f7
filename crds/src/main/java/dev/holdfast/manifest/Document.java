package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One YAML document as JSON.
 *
 * @param faults what YAML allows to be written but kubectl refuses
 */
record Document(JsonNode tree, Lines lines, List<Fault> faults) {

  /** A fault at a place of the text; line is 1-based, or 0 when it has no place. */
  record Fault(int line, String path, String message) {}
}
