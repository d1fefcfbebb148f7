package dev.holdfast.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.cli.console.LogOptions;
import dev.holdfast.cli.console.OutputFormat;
import dev.holdfast.cli.console.Plural;
import dev.holdfast.cli.console.Structured;
import dev.holdfast.cli.run.ManifestFiles;
import dev.holdfast.manifest.ManifestReader;
import dev.holdfast.manifest.Manifests;
import dev.holdfast.manifest.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description = {
      "Validates manifests as the API server would, and lists all problems at once.",
      "",
      "Exit code 1 when there is one. Rules about changes are skipped, because they need the"
          + " stored resource.",
      ""
    })
final class CheckCommand implements Callable<Integer> {

  /** What programs read. */
  record Report(List<Resource> resources, List<Problem> problems, List<String> notices) {}

  record Resource(String kind, String namespace, String name, String file) {}

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Manifests, YAML or JSON; a directory stands for the manifests in it.")
  private List<Path> files = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json|yaml",
      defaultValue = "table",
      description = "How to print the result. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output = OutputFormat.Table;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws JsonProcessingException {
    LogOptions.quiet();
    var read = ManifestReader.checkingRules().read(found());
    var out = spec.commandLine().getOut();
    switch (output) {
      case Table -> print(read, out);
      case Json -> out.println(Structured.json(report(read)));
      case Yaml -> out.println(Structured.yaml(report(read)));
    }
    out.flush();
    return read.problems().isEmpty() ? 0 : 1;
  }

  private List<Path> found() {
    try {
      var found = new ManifestFiles(files).files();
      if (found.isEmpty()) {
        throw new CommandFailed(
            "expected at least one .yaml, .yml or .json file in " + files + ", found none");
      }
      return found;
    } catch (IOException e) {
      throw new CommandFailed("cannot be read: " + e, e);
    }
  }

  private static void print(Manifests read, PrintWriter out) {
    read.problems().forEach(out::println);
    read.notices().forEach(notice -> out.println("note: " + notice));
    out.println(
        read.problems().isEmpty()
            ? Plural.of(read.manifests().size(), "resource") + ", no problems"
            : Plural.of(read.problems().size(), "problem"));
  }

  private static Report report(Manifests read) {
    return new Report(
        read.manifests().stream()
            .map(manifest ->
                new Resource(
                    manifest.kind(), manifest.namespace(), manifest.name(), manifest.file()))
            .toList(),
        read.problems(),
        read.notices());
  }
}
