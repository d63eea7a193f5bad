package io.sparkae.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One option of a command: its name in kebab-case, what it means and how its value is read.
 *
 * @param <T> type of the value
 */
final class Option<T> {
  /** {@code scheme://user:password@…}; a password may have slashes, but is no port. */
  private static final Pattern PASSWORD = Pattern.compile("://[^/@:\\s]*:(?!\\d{1,5}/)[^@\\s]+@");

  private final String name;
  private final String valueName;
  private final String text;
  private final String defaultValue;
  private final boolean required;
  private final Function<String, T> reader;
  private final String expects;

  private Option(
      String name,
      String valueName,
      String text,
      String defaultValue,
      boolean required,
      Function<String, T> reader,
      String expects) {
    this.name = name;
    this.valueName = valueName;
    this.text = text;
    this.defaultValue = defaultValue;
    this.required = required;
    this.reader = reader;
    this.expects = expects;
  }

  /**
   * An option read by a function of its own.
   *
   * @param valueName what the help puts for the value, or empty for a flag
   * @param expects what the value must be, as the end of "must be ..."
   * @param reader reads the value; throws {@link RuntimeException} if it is not what is expected
   */
  static <T> Option<T> of(
      String name, String valueName, String text, String expects, Function<String, T> reader) {
    return new Option<>(name, valueName, text, null, false, reader, expects);
  }

  /** An option of any text but the empty one. */
  static Option<String> text(String name, String valueName, String text) {
    return of(
        name,
        valueName,
        text,
        "a text that is not empty",
        value -> {
          check(!value.isBlank());
          return value;
        });
  }

  /** An option of one of several words. */
  static Option<String> choice(String name, List<String> words, String text) {
    return of(
        name,
        String.join("|", words),
        text,
        "one of " + String.join(", ", words),
        value -> {
          check(words.contains(value));
          return value;
        });
  }

  /** An option of a whole number of at least {@code min}. */
  static Option<Long> wholeNumber(String name, long min, String text) {
    return of(
        name,
        "N",
        text + " (at least " + min + ")",
        "a whole number of at least " + min,
        value -> {
          long number = Long.parseLong(value.trim());
          check(number >= min);
          return number;
        });
  }

  /** An option of any whole number. */
  static Option<Long> anyNumber(String name, String text) {
    return of(name, "N", text, "a whole number", value -> Long.parseLong(value.trim()));
  }

  /** An option of a whole number of at least {@code min} that fits into an int. */
  static Option<Integer> smallNumber(String name, int min, String text) {
    Option<Long> option = wholeNumber(name, min, text);
    return of(
        name,
        option.valueName,
        option.text,
        option.expects,
        option.reader.andThen(value -> small(name, value)));
  }

  private static int small(String name, long value) {
    if (value > Integer.MAX_VALUE) {
      throw new UsageException(
          "--" + name + " must be at most " + Integer.MAX_VALUE + ", not " + value);
    }
    return (int) value;
  }

  /** An option of a finite number of at least {@code min}. */
  static Option<Double> number(String name, double min, String text) {
    return of(
        name,
        "X",
        text + " (at least " + plain(min) + ")",
        "a number of at least " + plain(min),
        value -> {
          double number = Double.parseDouble(value.trim());
          check(number >= min && number < Double.POSITIVE_INFINITY);
          return number;
        });
  }

  /** An option of names with commas between them. */
  static Option<List<String>> names(String name, String text) {
    return of(
        name,
        "A,B,..",
        text,
        "names with commas between them",
        value -> {
          List<String> names = Arrays.stream(value.split(",", -1)).map(String::trim).toList();
          check(names.stream().noneMatch(String::isEmpty));
          return names;
        });
  }

  /** An option that is there or not; {@code --name false} is the same as leaving it out. */
  static Option<Boolean> flag(String name, String text) {
    return of(name, "", text, "true or false", Option::readBoolean).withDefault("false");
  }

  /** Reads {@code true} or {@code false} and nothing else. */
  static boolean readBoolean(String value) {
    check(value.equals("true") || value.equals("false"));
    return value.equals("true");
  }

  /** This option with a value for when it is not given. */
  Option<T> withDefault(String value) {
    return new Option<>(name, valueName, text, value, false, reader, expects);
  }

  /** This option with more to its help. */
  Option<T> withText(String more) {
    return new Option<>(name, valueName, text + more, defaultValue, required, reader, expects);
  }

  /** This option as one that must be given. */
  Option<T> asRequired() {
    return new Option<>(name, valueName, text, null, true, reader, expects);
  }

  String name() {
    return name;
  }

  String valueName() {
    return valueName;
  }

  /** The default value as text, or null if there is none. */
  String defaultValue() {
    return defaultValue;
  }

  boolean required() {
    return required;
  }

  /** Whether the option may stand without a value, which then is {@code true}. */
  boolean isFlag() {
    return valueName.isEmpty();
  }

  /** Whether the value is several with commas between them. */
  boolean isList() {
    return valueName.endsWith(",..");
  }

  /** What the help says. */
  String help() {
    if (required) {
      return text + "; required";
    }
    return defaultValue == null || isFlag()
        ? text
        : text + "; default " + (defaultValue.isEmpty() ? "empty" : shown(defaultValue));
  }

  /**
   * Reads a value.
   *
   * @throws UsageException if it is not what the option expects, or would bring a password, which
   *     the line does not show, into logs and reports
   */
  T read(String value) {
    if (PASSWORD.matcher(value).find()) {
      throw new UsageException(
          "--" + name + " has a password in it: set it in a file, by --properties-file");
    }
    try {
      return reader.apply(value);
    } catch (UsageException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UsageException("--" + name + " must be " + expects + ", not " + shown(value));
    }
  }

  private static String shown(String value) {
    return value.isBlank() ? "'" + value + "'" : value;
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException();
    }
  }
}
