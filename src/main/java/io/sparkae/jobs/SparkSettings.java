package io.sparkae.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Spark's own settings in the block {@code spark} of a conf file. */
final class SparkSettings {
  /** What is settled before a command runs, and the option that settles it. */
  private static final Map<String, String> TOO_LATE =
      Map.of(
          "spark.master", "--master",
          "spark.submit.deployMode", "--deploy-mode",
          "spark.driver.memory", "--driver-memory",
          "spark.driver.cores", "--driver-cores",
          "spark.driver.extraClassPath", "--driver-class-path",
          "spark.driver.extraJavaOptions", "--driver-java-options",
          "spark.jars", "--jars",
          "spark.jars.packages", "--packages");

  private SparkSettings() {}

  /** The full name of a setting by its path in the block, whose parts may be quoted. */
  static String name(String path) {
    return "spark." + String.join(".", ConfigUtil.splitPath(path));
  }

  /**
   * The settings by their full names.
   *
   * @throws UsageException if one can no longer be set, or is no value
   */
  static Map<String, String> of(Config block) {
    Map<String, String> settings = new TreeMap<>();
    block
        .entrySet()
        .forEach(
            entry -> {
              String name = name(entry.getKey());
              if (TOO_LATE.containsKey(name)) {
                throw new UsageException(
                    name
                        + " in a conf file comes too late: give "
                        + TOO_LATE.get(name)
                        + " on the command line");
              }
              if (entry.getValue().valueType() == ConfigValueType.LIST) {
                throw new UsageException(
                    name
                        + " must be a value, not a "
                        + entry.getValue().valueType().name().toLowerCase(Locale.ROOT));
              }
              settings.put(name, String.valueOf(entry.getValue().unwrapped()));
            });
    return settings;
  }
}
