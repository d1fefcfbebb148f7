package dev.holdfast.cli.fallback;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Flags as Go's package {@code flag} reads them: one dash or two, {@code -flag=value} or {@code
 * -flag value}, a switch takes its value by {@code =} only, the last of two counts, and all flags
 * stand before the other arguments. Rewrites them so that picocli takes them like that.
 */
final class GoFlagStyle implements IParameterPreprocessor {
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

  @Override
  public boolean preprocess(
      Stack<String> arguments,
      CommandSpec command,
      @Nullable ArgSpec ofCommand,
      Map<String, Object> info) {
    var typed = new ArrayList<>(arguments);
    Collections.reverse(typed);
    var normal = normal(typed, command.optionsMap());
    Collections.reverse(normal);
    arguments.clear();
    arguments.addAll(normal);
    return false;
  }

  static List<String> normal(List<String> typed, Map<String, OptionSpec> options) {
    var rest = new ArrayDeque<>(typed);
    var normal = new ArrayList<String>();
    while (!rest.isEmpty() && isFlag(rest.getFirst())) {
      takeFlag(rest, normal, options);
    }
    if (!"--".equals(rest.peekFirst())) {
      normal.add("--");
    }
    normal.addAll(rest);
    return normal;
  }

  private static boolean isFlag(String argument) {
    return argument.startsWith("-") && !argument.equals("-") && !argument.equals("--");
  }

  private static void takeFlag(
      Deque<String> rest, List<String> normal, Map<String, OptionSpec> options) {
    var typed = rest.removeFirst();
    var parts = typed.split("=", 2);
    var name = name(parts[0], options);
    var option = options.get(name);
    if (option == null) {
      normal.add(typed);
    } else if (parts.length == 2) {
      assign(name, parts[1], option.arity().max() == 0, normal);
    } else if (option.arity().max() == 0 || rest.isEmpty()) {
      normal.add(name);
    } else {
      normal.add(name + "=" + rest.removeFirst());
    }
  }

  private static void assign(String name, String value, boolean isSwitch, List<String> normal) {
    if (isSwitch && FALSE.contains(value)) {
      normal.removeIf(name::equals);
    } else if (isSwitch && TRUE.contains(value)) {
      normal.add(name);
    } else {
      normal.add(name + "=" + value);
    }
  }

  private static String name(String typed, Map<String, OptionSpec> options) {
    var bare = typed.replaceFirst("^--?", "");
    return options.containsKey("-" + bare) ? "-" + bare : "--" + bare;
  }
}
