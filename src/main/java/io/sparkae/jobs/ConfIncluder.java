package io.sparkae.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Includes files and refuses those that are not there, which HOCON would pass over. */
final class ConfIncluder implements ConfigIncluder, ConfigIncluderFile {
  private final List<File> including;

  /**
   * @param including the file whose includes these are, last, after those that include it
   */
  private ConfIncluder(List<File> including) {
    this.including = including;
  }

  /**
   * Parses a file with all that it includes.
   *
   * @throws UsageException if an included file is not there or includes itself
   * @throws com.typesafe.config.ConfigException if a file is malformed
   */
  static Config parse(File file) {
    return parse(file, List.of());
  }

  private static Config parse(File file, List<File> including) {
    List<File> files = new ArrayList<>(including);
    files.add(file);
    return ConfigFactory.parseFile(
        file, ConfigParseOptions.defaults().setIncluder(new ConfIncluder(files)));
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  /** A file named from the folder of the one that includes it. */
  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    File named = new File(what);
    return includeFile(
        context, named.isAbsolute() ? named : new File(current().getParentFile(), what));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    if (!what.isFile()) {
      throw new UsageException(current() + " includes " + what + ", which does not exist");
    }
    boolean again = including.stream().anyMatch(file -> normal(file).equals(normal(what)));
    if (again) {
      throw new UsageException(current() + " includes " + what + ", by which it is included");
    }
    return parse(what, including).root();
  }

  private static Path normal(File file) {
    return file.toPath().toAbsolutePath().normalize();
  }

  private File current() {
    return including.get(including.size() - 1);
  }
}
