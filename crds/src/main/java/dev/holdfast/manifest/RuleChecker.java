package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Checks the rules of a schema that span fields. */
public interface RuleChecker {

  /**
   * @param value a whole resource, defaults filled in
   * @param shapeIsWrong whether the schema already found fault with the resource, so that a rule
   *     that cannot be evaluated tells nothing new
   */
  List<Violation> check(JsonNode value, Schema schema, boolean shapeIsWrong);

  /** What is left unchecked, for people. */
  List<String> notices(Schema schema);
}
