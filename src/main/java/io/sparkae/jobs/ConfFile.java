package io.sparkae.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What HOCON files say: each key is the name of an option, but for the block {@code spark}, which
 * holds Spark's own settings and is passed on as it is.
 */
final class ConfFile {
  /** The key of the block that holds no options. */
  static final String SPARK = "spark";

  /** No file. */
  static final ConfFile NONE = new ConfFile(Map.of(), ConfigFactory.empty());

  /**
   * A value as it would stand on the command line.
   *
   * @param origin file and line that it comes from
   */
  record Setting(String value, String origin) {}

  private final Map<String, Setting> settings;
  private final Config spark;

  private ConfFile(Map<String, Setting> settings, Config spark) {
    this.settings = settings;
    this.spark = spark;
  }

  /**
   * Reads files, of which each wins over those before it; includes, substitutions and environment
   * variables are resolved.
   *
   * @throws UsageException if one cannot be read, includes one that is not there, or has a block
   *     other than {@code spark}
   */
  static ConfFile read(List<String> files) {
    Config merged = ConfigFactory.empty();
    for (String file : files) {
      merged = parse(file).withFallback(merged);
    }
    try {
      return of(merged.resolve());
    } catch (ConfigException e) {
      throw malformed(e, String.join(", ", files));
    } catch (StackOverflowError e) {
      throw tooDeep(String.join(", ", files));
    }
  }

  private static Config parse(String file) {
    File found = WorkingFolder.file(file);
    if (!found.isFile()) {
      throw new UsageException("--conf-file " + file + " does not exist or is no file");
    }
    try {
      return ConfIncluder.parse(found);
    } catch (ConfigException e) {
      throw malformed(e, file);
    } catch (StackOverflowError e) {
      throw tooDeep(file);
    }
  }

  /** The parser is recursive, and knows no limit of its own. */
  private static UsageException tooDeep(String files) {
    return new UsageException(files + " has lists or blocks inside one another, too many to read");
  }

  private static UsageException malformed(ConfigException e, String files) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    return new UsageException(message.lines().findFirst().orElse(files + " is malformed"));
  }

  private static ConfFile of(Config config) {
    Map<String, Setting> settings = new TreeMap<>();
    Config spark = ConfigFactory.empty();
    for (Map.Entry<String, ConfigValue> entry : config.root().entrySet()) {
      String key = entry.getKey();
      ConfigValue value = entry.getValue();
      if (!key.equals(SPARK)) {
        settings.put(key, new Setting(argument(key, value), place(value.origin())));
      } else if (value instanceof ConfigObject block) {
        spark = block.toConfig();
      } else {
        throw new UsageException(
            place(value.origin()) + ": " + SPARK + " must be a block of Spark's settings");
      }
    }
    return new ConfFile(settings, spark);
  }

  private static String argument(String key, ConfigValue value) {
    if (value instanceof ConfigList list) {
      return list.stream().map(item -> argument(key, item)).collect(Collectors.joining(","));
    }
    if (value instanceof ConfigObject block) {
      throw new UsageException(
          place(value.origin())
              + ": "
              + key
              + " is a block or has a dot in it, but options stand by themselves"
              + block.keySet().stream()
                  .sorted()
                  .findFirst()
                  .map(inner -> ": write " + inner + " = ... alone")
                  .orElse(""));
    }
    if (value.valueType() == ConfigValueType.NULL) {
      throw new UsageException(
          place(value.origin())
              + ": "
              + key
              + " must be a value or a list of values, not "
              + value.valueType().name().toLowerCase(Locale.ROOT));
    }
    // Not unwrapped(): that would turn 007 into 7.
    return value.atKey(key).getString(ConfigUtil.joinPath(key));
  }

  /** File and line, or what else a value comes from. */
  static String place(ConfigOrigin origin) {
    boolean inFile = origin.filename() != null && origin.lineNumber() > 0;
    return inFile ? origin.filename() + ": " + origin.lineNumber() : origin.description();
  }

  /**
   * Checks keys and values against the options of a command.
   *
   * @throws UsageException if one is not that of an option; the message names file and line
   */
  void check(List<Option<?>> options) {
    List<String> names =
        options.stream().map(Option::name).filter(name -> !CommandLine.OWN.contains(name)).toList();
    settings.forEach(
        (key, setting) -> {
          if (!names.contains(key)) {
            throw new UsageException(
                setting.origin()
                    + ": unknown option "
                    + key
                    + Nearest.suggest(key, "", names, ": --help lists the options"));
          }
        });
    for (Option<?> option : options) {
      if (settings.containsKey(option.name())) {
        Setting setting = settings.get(option.name());
        try {
          option.read(setting.value());
        } catch (UsageException e) {
          throw new UsageException(setting.origin() + ": " + e.getMessage());
        }
      }
    }
  }

  /** The values of options by their names. */
  Map<String, Setting> settings() {
    return settings;
  }

  /**
   * Spark's own settings: the block {@code spark}, empty if there is none. Its paths lack the
   * leading {@code spark.}
   */
  Config spark() {
    return spark;
  }
}
