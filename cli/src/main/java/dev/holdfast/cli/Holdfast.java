package dev.holdfast.cli;

import dev.holdfast.cli.console.CommandFailed;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
    name = "holdfast",
    description = {"Keeps TCP clients on a healthy target. To see how: holdfast demo", ""},
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    scope = ScopeType.INHERIT)
public final class Holdfast implements Runnable {

  /**
   * Only the command that is asked for is built, so that {@code run} does not pay for the others.
   */
  private static final Map<String, Supplier<Object>> COMMANDS =
      new TreeMap<>(
          Map.of(
              "check", CheckCommand::new,
              "demo", DemoCommand::new,
              "operator", OperatorCommand::new,
              "run", RunCommand::new,
              "status", StatusCommand::new,
              "switch", SwitchCommand::new));

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace when a command fails.")
  private boolean debug;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Holdfast() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine(args).execute(args));
  }

  /** The command line for these arguments; its streams may be replaced before it is executed. */
  static CommandLine commandLine(String... args) {
    var root = new Holdfast();
    var commandLine = new CommandLine(root);
    var asked = args.length > 0 ? COMMANDS.get(args[0]) : null;
    if (asked != null) {
      commandLine.addSubcommand(args[0], asked.get());
    } else {
      COMMANDS.forEach((name, command) -> commandLine.addSubcommand(name, command.get()));
    }
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Holdfast::wrongUsage)
        .setExecutionExceptionHandler(root::failed);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    var commandLine = e.getCommandLine();
    var name = commandLine.getCommandSpec().qualifiedName();
    var err = commandLine.getErr();
    err.println("holdfast: " + e.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Try '" + name + " --help'.");
    }
    return CommandLine.ExitCode.USAGE;
  }

  private int failed(Exception e, CommandLine commandLine, ParseResult parsed) {
    var err = commandLine.getErr();
    if (e instanceof CommandFailed) {
      err.println("holdfast: " + e.getMessage());
    } else {
      err.println("holdfast: unexpected " + e + " (a defect: please report it with --debug)");
    }
    if (debug) {
      e.printStackTrace(err);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
