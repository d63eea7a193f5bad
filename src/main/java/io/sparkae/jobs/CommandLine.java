package io.sparkae.jobs;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import scala.util.Either;
import scopt.OptionDef;
import scopt.OptionParser;
import scopt.Read;

/** The options of one command, parsed by scopt, with those of {@code --conf-file} behind them. */
final class CommandLine {
  static final Option<String> CONF_FILE =
      Option.text(
          "conf-file",
          "FILE",
          "HOCON file of options (name = value); of several the later wins, and options on the"
              + " command line win over all");

  static final Option<Boolean> PRINT_CONF =
      Option.flag(
          "print-conf",
          "show every option's value and where it comes from, as a file for --conf-file, and do no"
              + " more");

  /** Names of the options that every command has and no file. */
  static final List<String> OWN = List.of(CONF_FILE.name(), PRINT_CONF.name());

  private static final String HELP = "show this help";

  private final String program;
  private final String summary;
  private final List<Option<?>> options;

  /**
   * @param program what the help calls the command, such as {@code sparkae train}
   * @param summary what the command does, one sentence
   * @param options its options, in the order of the help
   */
  CommandLine(String program, String summary, List<Option<?>> options) {
    this.program = program;
    this.summary = summary;
    this.options = Stream.concat(options.stream(), Stream.of(CONF_FILE, PRINT_CONF)).toList();
  }

  /**
   * Parses the arguments of the command.
   *
   * @param out where {@code --help} and {@code --print-conf} go
   * @return the values, or empty if one of these was asked for (and given)
   * @throws UsageException if an option is unknown, malformed, given twice or missing
   */
  Optional<Arguments> parse(List<String> args, PrintStream out) {
    Parser parser = new Parser();
    Map<String, String> given = parser.parse(withFlagValues(args));
    if (parser.helpWanted) {
      out.println(HelpText.wrap(parser.usage(), HELP));
      return Optional.empty();
    }
    ConfFile file = ConfFile.read(parser.files);
    file.check(options);
    if (PRINT_CONF.read(given.getOrDefault(PRINT_CONF.name(), PRINT_CONF.defaultValue()))) {
      List<Option<?>> own = options.stream().filter(o -> !OWN.contains(o.name())).toList();
      new MergedConf(program, own, file, given).lines().forEach(out::println);
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    file.settings().forEach((name, setting) -> values.put(name, setting.value()));
    values.putAll(given);
    for (Option<?> option : options) {
      if (option.required() && !values.containsKey(option.name())) {
        throw new UsageException("--" + option.name() + " is missing (" + option.help() + ")");
      }
    }
    return Optional.of(new Arguments(values, file.spark()));
  }

  /** Puts {@code true} after every flag that stands alone; there are no words but values. */
  private List<String> withFlagValues(List<String> args) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      result.add(arg);
      boolean valueFollows = i + 1 < args.size() && !args.get(i + 1).startsWith("-");
      if (isFlag(arg) && !valueFollows) {
        result.add("true");
      }
    }
    return result;
  }

  private boolean isFlag(String arg) {
    return options.stream().anyMatch(o -> o.isFlag() && arg.equals("--" + o.name()));
  }

  /** The scopt parser; it gathers what is wrong instead of printing and ending the program. */
  private final class Parser extends OptionParser<Map<String, String>> {
    private final List<String> problems = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private boolean helpWanted;

    Parser() {
      super(program);
      head(CollectionConverters.asScala(List.of(summary)).toSeq());
      options.forEach(this::define);
      OptionDef<BoxedUnit, Map<String, String>> help = help('h', "help");
      help.text(HELP);
    }

    private void define(Option<?> option) {
      OptionDef<String, Map<String, String>> definition = opt(option.name(), Read.stringRead());
      definition
          .unbounded()
          .text(option.help())
          .valueName(valueName(option))
          .validate(value -> validate(option, value))
          .action(
              (value, values) -> {
                if (option == CONF_FILE) {
                  files.add(value);
                } else if (values.put(option.name(), value) != null) {
                  problems.add("--" + option.name() + " is given twice: give it once");
                }
                return values;
              });
    }

    private String valueName(Option<?> option) {
      boolean onlyToSwitchOff = option.isFlag() && "true".equals(option.defaultValue());
      return onlyToSwitchOff ? "true|false" : option.valueName();
    }

    private Either<String, BoxedUnit> validate(Option<?> option, String value) {
      if (value.startsWith("--")) {
        return failure("--" + option.name() + " needs a value, but " + value + " follows");
      }
      try {
        option.read(value);
        return success();
      } catch (UsageException e) {
        return failure(e.getMessage());
      }
    }

    Map<String, String> parse(List<String> args) {
      Map<String, String> values = new HashMap<>();
      parse(CollectionConverters.asScala(args), values);
      if (!problems.isEmpty() && !helpWanted) {
        throw new UsageException(explain(problems.get(0)));
      }
      return values;
    }

    private String explain(String problem) {
      String unknown = "Unknown option ";
      if (problem.startsWith(unknown)) {
        String typed = problem.substring(unknown.length()).replaceFirst("[=:].*", "");
        List<String> names = options.stream().map(Option::name).toList();
        return "unknown option "
            + typed
            + Nearest.suggest(
                typed.replaceFirst("^-+", ""), "--", names, ": --help lists the options");
      }
      return Character.toLowerCase(problem.charAt(0)) + problem.substring(1);
    }

    @Override
    public void reportError(String message) {
      problems.add(message);
    }

    @Override
    public void reportWarning(String message) {
      problems.add(message);
    }

    @Override
    public void displayToOut(String message) {
      helpWanted = true;
    }

    @Override
    public void displayToErr(String message) {
      // What is wrong is thrown instead.
    }

    @Override
    public void terminate(Either<String, BoxedUnit> exitState) {
      // Ending the program is Main's business.
    }
  }

  /**
   * A value of the command line or the file before anything is checked, for options that hang on
   * it.
   */
  static Optional<String> peek(Option<?> option, List<String> args) {
    return peekArguments(option.name(), args).stream()
        .findFirst()
        .or(
            () ->
                Optional.ofNullable(
                        ConfFile.read(peekArguments(CONF_FILE.name(), args))
                            .settings()
                            .get(option.name()))
                    .map(ConfFile.Setting::value));
  }

  private static List<String> peekArguments(String name, List<String> args) {
    List<String> values = new ArrayList<>();
    String flag = "--" + name;
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i).equals(flag) && i + 1 < args.size()) {
        values.add(args.get(i + 1));
      } else if (args.get(i).startsWith(flag + "=")) {
        values.add(args.get(i).substring(flag.length() + 1));
      }
    }
    return values;
  }
}
