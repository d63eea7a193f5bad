package io.sparkae.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program {@code sparkae}: finds the command, runs it and gives the exit code. */
public final class Main {
  /** All went well. */
  public static final int SUCCESS = 0;

  /** The run failed. */
  public static final int FAILURE = 1;

  /** The run could not start as asked: wrong options, missing inputs, outputs in the way. */
  public static final int USAGE = 2;

  /**
   * Not under io.sparkae: the launcher shows that package's warnings, and the line is there
   * already.
   */
  private static final Logger LOG = LoggerFactory.getLogger("sparkae.failures");

  /** What was run goes to the log. */
  private static final Logger RUNS = LoggerFactory.getLogger(Main.class);

  private static final List<Command> COMMANDS =
      List.of(
          new IngestCommand(),
          new GenerateCommand(),
          new TrainCommand(),
          new EncodeCommand(),
          new EvaluateCommand(),
          new ClassifyCommand(),
          new SampleCommand(),
          new VaryCommand(),
          new InterpolateCommand(),
          new ArithmeticCommand(),
          new RestoreCommand(),
          new DamageCommand(),
          new ReportCommand(),
          new BenchCommand(),
          new PlanCommand(),
          new InfoCommand(),
          new QuickstartCommand(),
          new PaperVincent2008Command());

  private Main() {}

  /**
   * Runs a command and ends the JVM with its exit code.
   *
   * @param args name of the command, then its options
   */
  public static void main(String[] args) {
    Interruption interruption = Interruption.watch();
    int code = run(args, System.out, System.err);
    System.out.flush();
    interruption.commandEnded();
    if (code != SUCCESS && !Interruption.isUnderWay()) {
      System.exit(code);
    }
  }

  /**
   * Runs a command.
   *
   * @param args the command and its options
   * @param out where results go
   * @param err where progress and the line about a failure go
   * @return 0 on success, 1 if the run failed, 2 if it could not start as asked
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    List<String> words = Arrays.asList(args);
    if (words.size() > 1 && words.get(0).equals("help")) {
      words = List.of(words.get(1), "--help");
    }
    if (words.isEmpty() || List.of("--help", "-h", "help").contains(words.get(0))) {
      return overview(words.isEmpty() ? err : out, words.isEmpty() ? USAGE : SUCCESS);
    }
    if (words.get(0).equals("--version")) {
      out.println("sparkae " + version());
      return SUCCESS;
    }
    String program = "sparkae";
    try {
      Command command = command(words.get(0));
      program += " " + command.name();
      List<String> rest = words.subList(1, words.size());
      CommandLine line = new CommandLine(program, command.summary(), command.options(rest));
      Optional<Arguments> arguments = line.parse(rest, out);
      if (arguments.isPresent()) {
        boolean terminal = err == System.err && System.console() != null;
        RUNS.info("sparkae {}", String.join(" ", words));
        command.run(arguments.get(), new Console(out, err, terminal));
        RUNS.info("{} has ended well", program);
      }
      return SUCCESS;
    } catch (Exception | Error e) {
      boolean interrupted = Interruption.isUnderWay();
      boolean usage = e instanceof UsageException && !interrupted;
      if (!usage) {
        LOG.error("{} failed", program, e);
      }
      String line = usage ? e.getMessage() : Failures.line(e);
      err.println(program + ": " + (interrupted ? "interrupted" : line));
      return usage ? USAGE : FAILURE;
    }
  }

  /** The version of this build. */
  static String version() {
    Properties properties = new Properties();
    try (InputStream in = Main.class.getResourceAsStream("/sparkae.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  private static Command command(String name) {
    List<String> names = COMMANDS.stream().map(Command::name).toList();
    return COMMANDS.stream()
        .filter(command -> command.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "unknown command "
                        + name
                        + Nearest.suggest(
                            name, "", names, ": the commands are " + String.join(", ", names))));
  }

  private static int overview(PrintStream stream, int code) {
    stream.println("sparkae " + version() + ": autoencoders trained on Apache Spark");
    stream.println("Usage: sparkae <command> [options]");
    stream.println();
    int longest = COMMANDS.stream().mapToInt(command -> command.name().length()).max().orElse(1);
    for (Command command : COMMANDS) {
      stream.printf("  %-" + longest + "s  %s%n", command.name(), command.summary());
    }
    stream.println();
    stream.println("sparkae <command> --help lists the options of a command.");
    return code;
  }
}
