package io.sparkae.jobs;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * The options of a command with their values as a HOCON file: defaults, over them files, over them
 * the command line. A comment on each line tells where its value comes from.
 */
final class MergedConf {
  /** What JSON calls a number, and words: HOCON reads back the same text without quotes. */
  private static final Pattern PLAIN =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?|(?!null$)[A-Za-z][A-Za-z0-9]*");

  /** Where Spark is told what it must not show. */
  private static final String REDACTION = "spark.redaction.regex";

  /** In names or values of settings that Spark does not show either, unless told otherwise. */
  private static final Pattern SECRET =
      Pattern.compile("secret|password|token|access[.]?key", Pattern.CASE_INSENSITIVE);

  /** A comment stands in this column, or after the value if that is longer. */
  private static final int COMMENT_COLUMN = 40;

  private final String program;
  private final List<Option<?>> options;
  private final ConfFile file;
  private final Map<String, String> given;

  /**
   * @param program what the help calls the command
   * @param options its options, in the order of the lines
   * @param given the values of the command line by the names of the options
   */
  MergedConf(String program, List<Option<?>> options, ConfFile file, Map<String, String> given) {
    this.program = program;
    this.options = options;
    this.file = file;
    this.given = given;
  }

  /** The lines of the file. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("# " + program + " --conf-file FILE takes this back");
    options.forEach(option -> lines.add(line(option)));
    if (!file.spark().isEmpty()) {
      lines.add(ConfFile.SPARK + " {");
      Map<String, ConfigValue> sorted = new TreeMap<>();
      file.spark().entrySet().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
      Map<String, String> settings = SparkSettings.of(file.spark());
      List<Pattern> secrets = secrets(settings.get(REDACTION));
      sorted.forEach(
          (path, value) ->
              lines.add(
                  commented(
                      isSecret(SparkSettings.name(path), value, secrets)
                          ? "  # " + path + " is not shown"
                          : "  " + path + " = " + value.render(ConfigRenderOptions.concise()),
                      ConfFile.place(value.origin()))));
      lines.add("}");
    }
    return lines;
  }

  /** What is not shown: also what the file itself tells Spark not to show. */
  private static List<Pattern> secrets(String told) {
    try {
      return told == null ? List.of(SECRET) : List.of(SECRET, Pattern.compile(told));
    } catch (PatternSyntaxException e) {
      throw new UsageException(REDACTION + " in a conf file must be a regular expression: " + told);
    }
  }

  private static boolean isSecret(String name, ConfigValue value, List<Pattern> secrets) {
    String words = String.valueOf(value.unwrapped());
    return !name.equals(REDACTION)
        && secrets.stream()
            .anyMatch(secret -> secret.matcher(name).find() || secret.matcher(words).find());
  }

  private String line(Option<?> option) {
    String name = option.name();
    if (given.containsKey(name)) {
      return line(option, given.get(name), "command line");
    }
    ConfFile.Setting setting = file.settings().get(name);
    if (setting != null) {
      return line(option, setting.value(), setting.origin());
    }
    if (option.defaultValue() != null) {
      return line(option, option.defaultValue(), "default");
    }
    return commented("# " + name + " =", option.required() ? "required, not given" : "not given");
  }

  private static String line(Option<?> option, String value, String origin) {
    return commented(option.name() + " = " + (option.isList() ? list(value) : text(value)), origin);
  }

  private static String commented(String setting, String origin) {
    return String.format("%-" + (COMMENT_COLUMN - 1) + "s # %s", setting, origin);
  }

  private static String list(String value) {
    return value.isEmpty()
        ? "[]"
        : Arrays.stream(value.split(",", -1))
            .map(item -> text(item.trim()))
            .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String text(String value) {
    return PLAIN.matcher(value).matches() ? value : ConfigUtil.quoteString(value);
  }
}
