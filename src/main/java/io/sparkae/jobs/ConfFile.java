package io.sparkae.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Options in a HOCON file: each key is the name of an option. */
final class ConfFile {
  private ConfFile() {}

  /**
   * Reads a file and checks it against the options of a command.
   *
   * @throws UsageException if the file cannot be read, or a key or value is not one of an option
   */
  static Map<String, String> read(String file, List<Option<?>> options) {
    Map<String, String> values = readAll(file);
    List<String> names = options.stream().map(Option::name).toList();
    for (String key : values.keySet()) {
      if (!names.contains(key) || key.equals(CommandLine.CONF_FILE.name())) {
        throw new UsageException(
            file
                + ": unknown option "
                + key
                + Nearest.suggest(key, "", names, ": --help lists the options"));
      }
    }
    for (Option<?> option : options) {
      if (values.containsKey(option.name())) {
        try {
          option.read(values.get(option.name()));
        } catch (UsageException e) {
          throw new UsageException(file + ": " + e.getMessage());
        }
      }
    }
    return values;
  }

  /**
   * All keys of a file with their values as they would stand on the command line.
   *
   * @throws UsageException if the file cannot be read
   */
  static Map<String, String> readAll(String file) {
    if (!new File(file).isFile()) {
      throw new UsageException("--conf-file " + file + " does not exist or is no file");
    }
    try {
      Config config = ConfigFactory.parseFile(new File(file)).resolve();
      Map<String, String> values = new HashMap<>();
      config.root().forEach((key, value) -> values.put(key, asArgument(file, key, value)));
      return values;
    } catch (ConfigException e) {
      throw new UsageException(e.getMessage().lines().findFirst().orElse(file + " is malformed"));
    }
  }

  private static String asArgument(String file, String key, ConfigValue value) {
    if (value instanceof ConfigList list) {
      return list.stream()
          .map(item -> asArgument(file, key, item))
          .collect(Collectors.joining(","));
    }
    if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.NULL) {
      throw new UsageException(
          file
              + ": "
              + key
              + " must be a value or a list of values, not "
              + value.valueType().name().toLowerCase(Locale.ROOT));
    }
    return String.valueOf(value.unwrapped());
  }
}
