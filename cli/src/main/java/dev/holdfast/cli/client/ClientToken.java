package dev.holdfast.cli.client;

import dev.holdfast.cli.console.CommandFailed;

/** Finds the token of a file: the data plane's own token file, or one that holds only a token. */
final class ClientToken {
  private ClientToken() {}

  /**
   * The first token that may do most.
   *
   * @throws CommandFailed when there is none; never quotes the file
   */
  static String of(String text) {
    var lines =
        text.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
    for (var scope : new String[] {"admin", "read"}) {
      for (var line : lines) {
        var words = line.split("\\s+");
        if (words.length == 2 && words[0].equals(scope)) {
          return words[1];
        }
      }
    }
    if (lines.size() == 1 && lines.getFirst().matches("[!-~]+")) {
      return lines.getFirst();
    }
    throw new CommandFailed(
        "--token-file: expected one token, or lines `read TOKEN` and `admin TOKEN`, found %d lines"
                .formatted(lines.size())
            + " of another form");
  }
}
