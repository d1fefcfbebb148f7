package dev.holdfast.dataplane.hooks;

import dev.holdfast.health.probe.HttpExchange.StatusRange;
import dev.holdfast.health.reference.Text;
import java.util.List;
import java.util.Map;

/** What a hook does. */
public sealed interface HookAction {

  /**
   * @param command program and arguments; a program that is a directory stands for the files in it
   */
  record Exec(List<String> command) implements HookAction {
    public Exec {
      command = List.copyOf(command);
    }
  }

  /**
   * @param headers by name
   * @param body an empty one is replaced by a description of the change
   */
  record Http(
      Text url, String method, Map<String, Text> headers, Text body, List<StatusRange> expected)
      implements HookAction {
    public Http {
      headers = Map.copyOf(headers);
      expected = List.copyOf(expected);
    }
  }
}
