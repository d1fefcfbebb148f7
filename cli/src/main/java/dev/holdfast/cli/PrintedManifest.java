package dev.holdfast.cli;

import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.cli.console.ProblemText;
import dev.holdfast.cli.convert.Conversion;
import dev.holdfast.manifest.ManifestReader;
import java.io.PrintWriter;

/** A converted manifest on its way to the user. */
record PrintedManifest(String yaml) {

  /**
   * @throws CommandFailed when the API server would not take it
   */
  static PrintedManifest of(Conversion conversion) {
    var yaml = conversion.yaml();
    var problems = ManifestReader.trustingRules().read("the manifest", yaml).problems();
    if (!problems.isEmpty()) {
      throw new CommandFailed(
          "what was converted is no valid manifest: " + ProblemText.of(problems));
    }
    return new PrintedManifest(yaml);
  }

  void to(PrintWriter out) {
    out.print(yaml);
    out.flush();
  }
}
