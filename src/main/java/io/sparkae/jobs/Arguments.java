package io.sparkae.jobs;

import java.util.Map;
import java.util.Optional;

/** The values that a command was given, already checked, with the options' defaults behind them. */
final class Arguments {
  private final Map<String, String> values;

  Arguments(Map<String, String> values) {
    this.values = Map.copyOf(values);
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

  /** Whether the option was given, on the command line or in the file. */
  boolean given(Option<?> option) {
    return values.containsKey(option.name());
  }
}
