package dev.holdfast.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import java.util.Set;
import java.util.stream.Collectors;
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
          Conditions.RECONCILIATION_PAUSED);

  private StatusComparison() {}

  /** Conditions of types that are not ours do not count. */
  public static boolean isSame(@Nullable FailoverProxyStatus stored, FailoverProxyStatus next) {
    return stored != null && comparable(stored).equals(comparable(next));
  }

  private static JsonNode comparable(FailoverProxyStatus status) {
    var tree = (ObjectNode) JSON.valueToTree(status);
    if (status.conditions() != null) {
      var own =
          status.conditions().stream()
              .filter(condition -> OWN_TYPES.contains(condition.getType()))
              .collect(Collectors.toMap(c -> c.getType(), c -> c));
      tree.set("conditions", JSON.valueToTree(own));
    }
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
