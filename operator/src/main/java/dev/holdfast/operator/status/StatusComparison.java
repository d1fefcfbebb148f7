package dev.holdfast.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a status says anything that the stored one does not. */
public final class StatusComparison {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> OWN_TYPES =
      Set.of(
          Conditions.READY,
          Conditions.PRIMARY_HEALTHY,
          Conditions.DATA_PLANE_AVAILABLE,
          Conditions.DEGRADED,
          Conditions.AGREED,
          Conditions.QUORUM_HEALTHY,
          Conditions.TABLE_REPLICATED,
          Conditions.DATA_LOST,
          Conditions.CREDENTIALS_VALID,
          Conditions.PROVIDER_REACHABLE,
          Conditions.HEALTH_KNOWN,
          Conditions.PLAN_CONVERGED,
          Conditions.CERTIFICATES_VALID,
          Conditions.OWNERSHIP_CONFLICT,
          Conditions.RECONCILIATION_PAUSED);

  private StatusComparison() {}

  /** Conditions of types that are not ours do not count. */
  public static <S> boolean isSame(@Nullable S stored, S next) {
    return stored != null && comparable(stored).equals(comparable(next));
  }

  private static JsonNode comparable(Object status) {
    ObjectNode tree = JSON.valueToTree(status);
    var own = JSON.createObjectNode();
    for (var condition : tree.path("conditions")) {
      var type = condition.path("type").asText();
      if (OWN_TYPES.contains(type)) {
        own.set(type, condition);
      }
    }
    tree.set("conditions", own);
    return withoutEmpty(tree);
  }

  /** The API server keeps neither nulls nor, as we read them back, empty lists. */
  private static JsonNode withoutEmpty(JsonNode node) {
    node.forEach(StatusComparison::withoutEmpty);
    if (node instanceof ObjectNode object) {
      var empty =
          object.properties().stream()
              .filter(p -> isEmpty(p.getValue()))
              .map(p -> p.getKey())
              .toList();
      object.remove(empty);
    }
    return node;
  }

  private static boolean isEmpty(JsonNode node) {
    return node.isNull() || (node.isArray() && node.isEmpty());
  }
}
