package io.sparkae.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import io.sparkae.core.Check;
import java.io.File;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Includes files and refuses those that are not there, which HOCON would pass over, and what is no
 * file: a conf file fetches nothing.
 */
final class ConfIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  /**
   * Bytes that a file and all that it includes may have. HOCON takes time as the cube of how often
   * a key is given again that refers to another: some seconds for so many.
   */
  static final long MOST_BYTES = 16 << 10;

  private final List<File> including;
  private final AtomicLong bytes;

  /**
   * Of a file.
   *
   * @param including the file whose includes these are, last, after those that include it
   * @param bytes that were read so far
   */
  private ConfIncluder(List<File> including, AtomicLong bytes) {
    this.including = including;
    this.bytes = bytes;
  }

  /**
   * Parses a file with all that it includes.
   *
   * @throws UsageException if an included file is not there or includes itself, or if all are too
   *     long together
   * @throws com.typesafe.config.ConfigException if a file is malformed
   */
  static Config parse(File file) {
    return parse(file, List.of(), new AtomicLong());
  }

  private static Config parse(File file, List<File> including, AtomicLong bytes) {
    if (bytes.addAndGet(file.length()) > MOST_BYTES) {
      throw new UsageException(
          file
              + " makes a conf file of more than "
              + MOST_BYTES
              + " bytes, with what is included: give fewer settings");
    }
    List<File> files = new ArrayList<>(including);
    files.add(file);
    return ConfigFactory.parseFile(
        file, ConfigParseOptions.defaults().setIncluder(new ConfIncluder(files, bytes)));
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
    return parse(what, including, bytes).root();
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw notAFile("url(\"" + Check.shown(what.toString()) + "\")");
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    throw notAFile("classpath(\"" + Check.shown(what) + "\")");
  }

  private UsageException notAFile(String what) {
    return new UsageException(
        current() + " includes " + what + ": only files can be included, by include \"FILE\"");
  }

  private static Path normal(File file) {
    return file.toPath().toAbsolutePath().normalize();
  }

  private File current() {
    return including.get(including.size() - 1);
  }
}
