package io.sparkae.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A Spark installation of nothing but its jars, and beside it what a job brings along: our classes
 * in a jar, and the BLAS.
 *
 * @param path the installation
 * @param jobJars value of {@code spark.jars}
 */
record SparkHome(Path path, String jobJars) {
  /** Made from the class path of this JVM. */
  static SparkHome in(Path folder) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    Path ours = folder.resolve("job.jar");
    List<String> brought = new ArrayList<>(List.of(ours.toString()));
    Set<String> taken = new HashSet<>();
    try (OutputStream file = Files.newOutputStream(ours);
        JarOutputStream jar = new JarOutputStream(file)) {
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        Path part = Path.of(entry);
        if (Files.isDirectory(part)) {
          addClasses(part, jar, taken);
        } else if (entry.contains("bytedeco")) {
          brought.add(entry);
        } else if (entry.endsWith(".jar") && taken.add(part.getFileName().toString())) {
          Files.createSymbolicLink(jars.resolve(part.getFileName()), part);
        }
      }
    }
    return new SparkHome(folder, String.join(",", brought));
  }

  private static void addClasses(Path root, JarOutputStream jar, Set<String> taken)
      throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      String name = root.relativize(file).toString().replace(File.separatorChar, '/');
      if (taken.add(name)) {
        jar.putNextEntry(new JarEntry(name));
        jar.write(Files.readAllBytes(file));
        jar.closeEntry();
      }
    }
  }
}
