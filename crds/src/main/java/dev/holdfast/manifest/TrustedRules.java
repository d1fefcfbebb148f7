package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Checks no rule: for manifests that the API server has accepted. */
final class TrustedRules implements RuleChecker {

  @Override
  public List<Violation> check(JsonNode value, Schema schema, boolean shapeIsWrong) {
    return List.of();
  }

  @Override
  public List<String> notices(Schema schema) {
    return List.of();
  }
}
