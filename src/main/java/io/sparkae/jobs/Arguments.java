package io.sparkae.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.Optional;

/** The values that a command was given, already checked, with the options' defaults behind them. */
final class Arguments {
  private final Map<String, String> values;
  private final Config spark;

  Arguments(Map<String, String> values) {
    this(values, ConfigFactory.empty());
  }

  /**
   * @param spark Spark's own settings, from the block {@code spark} of the files
   */
  Arguments(Map<String, String> values, Config spark) {
    this.values = Map.copyOf(values);
    this.spark = spark;
  }

  /** Spark's own settings, as in {@link ConfFile#spark}. */
  Config spark() {
    return spark;
  }

  /** The value of an option, or its default, or empty if it has neither. */
  <T> Optional<T> find(Option<T> option) {
    String value = values.getOrDefault(option.name(), option.defaultValue());
    return Optional.ofNullable(value).map(option::read);
  }

  /** The value of an option that is required or has a default. */
  <T> T get(Option<T> option) {
    return find(option).orElseThrow(() -> new UsageException("--" + option.name() + " is missing"));
  }

  /** The value of an option of that name as it was given, if there is one. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Whether the option was given, on the command line or in a file. */
  boolean given(Option<?> option) {
    return values.containsKey(option.name());
  }

  /**
   * Whether the option was given a value that is not its default: a default that somebody wrote
   * down asks for nothing.
   */
  boolean differs(Option<?> option) {
    return given(option) && !values.get(option.name()).equals(option.defaultValue());
  }
}
