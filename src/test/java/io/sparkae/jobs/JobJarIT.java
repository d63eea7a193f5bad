package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the job jar brings to a cluster. */
class JobJarIT {
  /** Packages of the classes that may be in it; nobody but us has those under io.sparkae. */
  private static final List<String> OURS =
      List.of("io/sparkae/", "org/bytedeco/", "org/jline/nativ/");

  /** Where the jar has what is of the libraries that its bill of materials names. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "org.bytedeco:openblas", "org/bytedeco/openblas/",
          "org.bytedeco:javacpp", "org/bytedeco/javacpp/",
          "com.github.scopt:scopt_2.13", "io/sparkae/shaded/scopt/",
          "com.typesafe:config", "io/sparkae/shaded/com/typesafe/config/",
          "org.webjars.npm:chart.js", "META-INF/resources/webjars/chart.js/",
          "me.tongfei:progressbar", "io/sparkae/shaded/me/tongfei/progressbar/",
          "org.jline:jline-terminal", "io/sparkae/shaded/org/jline/",
          "org.jline:jline-native", "org/jline/nativ/");

  private static List<String> entries(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(JarEntry::getName).toList();
    }
  }

  /** Names of classes as they are loaded, whatever Java version they are for. */
  private static Set<String> classes(Path jar) throws IOException {
    return entries(jar).stream()
        .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
        .map(name -> name.replaceFirst("^META-INF/versions/[0-9]+/", ""))
        .collect(Collectors.toSet());
  }

  @Test
  void holdsNoClassThatASparkInstallationBrings() throws IOException {
    Set<String> ours = classes(Build.jobJar());
    Set<String> both = new HashSet<>();
    String[] jars =
        Files.readString(Path.of("target/spark-classpath.txt")).strip().split(File.pathSeparator);
    assertThat(jars).hasSizeGreaterThan(100);
    for (String jar : jars) {
      Set<String> brought = classes(Path.of(jar));
      brought.retainAll(ours);
      both.addAll(brought);
    }
    assertThat(both).isEmpty();
  }

  @Test
  void holdsNothingOutsideOurPackagesThatCouldClash() throws IOException {
    assertThat(classes(Build.jobJar()))
        .hasSizeGreaterThan(500)
        .allMatch(name -> OURS.stream().anyMatch(name::startsWith))
        .noneMatch(name -> name.matches("(org/apache/(spark|hadoop)|scala)/.*"));
  }

  @Test
  void librariesThatAClusterMayHaveInAnotherVersionAreRelocated() throws IOException {
    assertThat(classes(Build.jobJar()))
        .contains(
            "io/sparkae/shaded/scopt/OParser.class",
            "io/sparkae/shaded/com/typesafe/config/Config.class",
            "io/sparkae/shaded/me/tongfei/progressbar/ProgressBar.class",
            "io/sparkae/shaded/org/jline/terminal/Terminal.class");
  }

  @Test
  void holdsOpenBlasForThePlatformOfTheBuild() throws IOException {
    assertThat(entries(Build.jobJar()))
        .anyMatch(name -> name.matches("org/bytedeco/openblas/[^/]+/.*openblas.*"))
        .contains("META-INF/LICENSE");
  }

  @Test
  void billOfMaterialsNamesEachLibraryInItAndNoOther() throws IOException {
    File bill = new File("target/sbom.json");
    assumeThat(System.getProperty("sparkae.noBillOfMaterials", ""))
        .as("a build with -o or -Dcyclonedx.skip makes none")
        .doesNotContain("true");
    assertThat(bill.lastModified())
        .as("when the bill of materials was made")
        .isGreaterThanOrEqualTo(Build.jobJar().toFile().lastModified());
    Set<String> named = new HashSet<>();
    for (JsonNode component : new ObjectMapper().readTree(bill).get("components")) {
      named.add(component.get("group").asText() + ":" + component.get("name").asText());
      assertThat(component.get("version").asText()).isNotBlank();
      assertThat(component.get("hashes")).as("hashes of %s", component).isNotEmpty();
    }
    assertThat(named).isEqualTo(LIBRARIES.keySet());
    List<String> files =
        entries(Build.jobJar()).stream()
            .filter(
                name ->
                    !name.endsWith("/")
                        && !name.matches("META-INF/(maven|services)/.*|([^/]+/)?[^/]+"))
            .toList();
    for (String place : LIBRARIES.values()) {
      assertThat(files).anyMatch(name -> name.startsWith(place));
    }
    assertThat(files)
        .filteredOn(name -> name.contains("/shaded/") || !name.startsWith("io/sparkae/"))
        .filteredOn(name -> LIBRARIES.values().stream().noneMatch(name::startsWith))
        .isEmpty();
  }
}
