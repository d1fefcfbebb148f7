package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Checks rules by evaluating them. Rules that compare with the stored resource are left out. */
final class CelRules implements RuleChecker {
  private final CelCompiler compiler =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("self", SimpleType.DYN)
          .build();
  private final CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder().build();
  private final Map<String, CelRuntime.Program> programs = new ConcurrentHashMap<>();

  @Override
  public List<Violation> check(JsonNode value, Schema schema, boolean shapeIsWrong) {
    var violations = new ArrayList<Violation>();
    walk(value, schema, "", shapeIsWrong, violations);
    return violations;
  }

  @Override
  public List<String> notices(Schema schema) {
    return schema
        .transitionRules()
        .map(rule -> "not checked, because it needs the stored resource: " + rule.message())
        .toList();
  }

  private void walk(
      JsonNode value,
      Schema schema,
      String path,
      boolean shapeIsWrong,
      List<Violation> violations) {
    for (var rule : schema.rules()) {
      if (!rule.isTransition()) {
        check(rule, value, path, shapeIsWrong, violations);
      }
    }
    switch (value) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(entry -> {
                var field = schema.field(entry.getKey());
                if (field != null) {
                  walk(
                      entry.getValue(),
                      field,
                      Violation.join(path, entry.getKey()),
                      shapeIsWrong,
                      violations);
                }
              });
      case ArrayNode list when schema.items() != null -> {
        for (int i = 0; i < list.size(); i++) {
          walk(list.get(i), schema.items(), path + "[" + i + "]", shapeIsWrong, violations);
        }
      }
      default -> {}
    }
  }

  private void check(
      Schema.Rule rule,
      JsonNode value,
      String path,
      boolean shapeIsWrong,
      List<Violation> violations) {
    var field =
        rule.fieldPath() == null ? path : Violation.join(path, rule.fieldPath().substring(1));
    try {
      var result =
          programs.computeIfAbsent(rule.rule(), this::compile).eval(Map.of("self", plain(value)));
      if (!Boolean.TRUE.equals(result)) {
        violations.add(new Violation(field, rule.message(), false));
      }
    } catch (CelEvaluationException e) {
      if (!shapeIsWrong) {
        violations.add(
            new Violation(
                field,
                "%s (the rule cannot be evaluated: %s)".formatted(rule.message(), e.getMessage()),
                false));
      }
    }
  }

  private CelRuntime.Program compile(String rule) {
    try {
      return runtime.createProgram(compiler.compile(rule).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("a rule of this program's own schema is no CEL: " + rule, e);
    }
  }

  private static @Nullable Object plain(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        object.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
        yield map;
      }
      case ArrayNode list -> {
        var items = new ArrayList<@Nullable Object>();
        list.forEach(item -> items.add(plain(item)));
        yield items;
      }
      default -> scalar(value);
    };
  }

  private static @Nullable Object scalar(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.textValue();
      case BOOLEAN -> value.booleanValue();
      case NUMBER ->
          value.isIntegralNumber() ? (Object) value.longValue() : (Object) value.doubleValue();
      default -> null;
    };
  }
}
