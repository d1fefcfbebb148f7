package dev.holdfast.cli;

import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.cli.console.LogProvider;
import dev.holdfast.cli.fallback.FallbackFlags;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * The program. Exit codes: 0 done, 1 failed, 2 wrong usage.
 *
 * <p>This and {@code run} are declared without picocli's annotations: the JDK makes a class for
 * each type of annotation that is read, anew at each start, and that took a tenth of it.
 */
public final class Holdfast implements Runnable {

  /**
   * Only the command that is asked for is built, so that {@code run} does not pay for the others.
   */
  private static final Map<String, Supplier<Object>> COMMANDS = commands();

  /** Wrong usage of these is answered with all of it, as the tools do whose place they take. */
  private static final Set<String> DROP_INS = Set.of("failover", "fallback");

  private final OptionSpec debug =
      flag("--debug").description("Show the stack trace when a command fails.").build();

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  private Holdfast() {
    spec.name("holdfast")
        .versionProvider(new ProgramVersion())
        .scopeType(ScopeType.INHERIT)
        .addOption(
            flag("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build())
        .addOption(
            flag("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build())
        .addOption(debug)
        .usageMessage()
        .description("Keeps TCP clients on a healthy target. To see how: holdfast demo", "")
        .synopsisSubcommandLabel("COMMAND")
        .commandListHeading("%nCommands:%n");
  }

  /** All commands have it. */
  private static OptionSpec.Builder flag(String... names) {
    return OptionSpec.builder(names)
        .type(boolean.class)
        .initialValue(false)
        .scopeType(ScopeType.INHERIT);
  }

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    skipLookups();
    try {
      System.exit(commandLine(args).execute(args));
    } catch (Error e) {
      // threads that relay would keep a process alive that listens to no signal any more
      e.printStackTrace();
      Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
    }
  }

  /**
   * Says what is looked for in all jars otherwise: a class of Groovy, those of java.sql, who logs,
   * and how often Netty's native library is there.
   */
  private static void skipLookups() {
    System.setProperty("picocli.disable.closures", "true");
    System.setProperty("picocli.converters.excludes", "java[.]sql[.].*");
    var properties = System.getProperties();
    properties.putIfAbsent("io.netty.native.detectNativeLibraryDuplicates", "false");
    properties.putIfAbsent("slf4j.provider", LogProvider.class.getName());
    // slf4j would tell of that on stderr
    properties.putIfAbsent("slf4j.internal.verbosity", "WARN");
  }

  private static Map<String, Supplier<Object>> commands() {
    var commands = new TreeMap<String, Supplier<Object>>();
    commands.put("check", CheckCommand::new);
    commands.put("convert", ConvertCommand::new);
    commands.put("demo", DemoCommand::new);
    commands.put("drain", DrainCommand::new);
    commands.put("enable", EnableCommand::new);
    commands.put("failover", FailoverCommand::new);
    commands.put("fake-hetzner", FakeHetznerCommand::new);
    commands.put("fallback", FallbackCommand::new);
    commands.put("operator", OperatorCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("run", RunCommand::spec);
    commands.put("status", StatusCommand::new);
    commands.put("sticky", StickyCommand::new);
    commands.put("switch", SwitchCommand::new);
    return commands;
  }

  /** The command line for these arguments; its streams may be replaced before it is executed. */
  static CommandLine commandLine(String... args) {
    var root = new Holdfast();
    var commandLine = new CommandLine(root.spec);
    var asked = args.length > 0 ? COMMANDS.get(args[0]) : null;
    if (asked != null) {
      commandLine.addSubcommand(args[0], asked.get());
    } else {
      COMMANDS.forEach((name, command) -> commandLine.addSubcommand(name, command.get()));
    }
    commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Holdfast::wrongUsage)
        .setExecutionExceptionHandler(root::failed);
    commandLine.getSubcommands().forEach((name, command) -> adapt(name, command, args));
    return commandLine;
  }

  /** Where arguments are another tool's, they are taken as that tool takes them. */
  private static void adapt(String name, CommandLine command, String... args) {
    switch (name) {
      case "fallback" -> {
        // there it is another spelling of -debug
        command.getCommandSpec().remove(command.getCommandSpec().findOption("--debug"));
        FallbackFlags.goStyle(command);
      }
      case "convert" -> command.setUnmatchedOptionsArePositionalParams(true);
      case "run" ->
          command.setUnmatchedOptionsArePositionalParams(
              Stream.of(args).anyMatch(arg -> arg.split("=", 2)[0].equals("--from")));
      default -> {}
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    var commandLine = e.getCommandLine();
    var err = commandLine.getErr();
    err.println("holdfast: " + String.valueOf(e.getMessage()).replaceFirst("^Error: ", ""));
    if (DROP_INS.contains(commandLine.getCommandName())) {
      commandLine.usage(err);
    } else if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
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
    boolean shown = debug.getValue();
    if (shown) {
      e.printStackTrace(err);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
