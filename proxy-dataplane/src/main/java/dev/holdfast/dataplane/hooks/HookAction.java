package dev.holdfast.dataplane.hooks;

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
   * @param body an empty one that is not secret is replaced by a description of the change
   */
  record Http(
      SecretText url,
      String method,
      Map<String, SecretText> headers,
      SecretText body,
      List<StatusRange> expected)
      implements HookAction {
    public Http {
      headers = Map.copyOf(headers);
      expected = List.copyOf(expected);
    }
  }

  /** Both ends included. */
  record StatusRange(int from, int to) {

    /**
     * @param text such as {@code 200} or {@code 200-299}
     */
    public static StatusRange parse(String text) {
      var ends = text.split("-", 2);
      var from = Integer.parseInt(ends[0]);
      return new StatusRange(from, ends.length == 1 ? from : Integer.parseInt(ends[1]));
    }

    boolean holds(int status) {
      return from <= status && status <= to;
    }
  }
}
