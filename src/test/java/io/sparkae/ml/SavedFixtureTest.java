package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkae.data.LocalSpark;
import io.sparkae.data.StageMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.util.MLWritable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that releases have saved are read, and make of rows what they made then. */
class SavedFixtureTest {
  private static final Path VERSIONS = Path.of("src", "test", "resources", "saved");
  private static final String OUTPUTS = "outputs.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private static List<Path> list(Path parent) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static Transformer load(Path stage) {
    String path = stage.toString();
    String type = StageMetadata.load(LocalSpark.session(), path).className();
    return type.equals(Restorer.class.getName())
        ? Restorer.load(path)
        : SavedModels.load(LocalSpark.session(), path);
  }

  private static Map<String, Map<String, List<List<Double>>>> outputs(Path version)
      throws IOException {
    return JSON.readValue(version.resolve(OUTPUTS).toFile(), new TypeReference<>() {});
  }

  static Stream<Arguments> stages() throws IOException {
    Stream.Builder<Arguments> stages = Stream.builder();
    for (Path version : list(VERSIONS)) {
      for (Path stage : list(version)) {
        stages.add(arguments(version.getFileName().toString(), stage.getFileName().toString()));
      }
    }
    return stages.build();
  }

  @ParameterizedTest
  @MethodSource("stages")
  void whatAReleaseSavedMakesTheSameOfRows(String version, String name) throws IOException {
    Path saved = VERSIONS.resolve(version);
    Map<String, List<List<Double>>> then = outputs(saved).get(name);
    Map<String, List<List<Double>>> now = SavedFixture.outputs(load(saved.resolve(name)));
    assertThat(now.keySet()).isEqualTo(then.keySet());
    for (String column : then.keySet()) {
      assertThat(now.get(column)).as(column).hasSameSizeAs(then.get(column)).isNotEmpty();
      for (int row = 0; row < then.get(column).size(); row++) {
        List<Double> numbers = now.get(column).get(row);
        List<Double> expected = then.get(column).get(row);
        assertThat(numbers).as(column).hasSameSizeAs(expected);
        for (int i = 0; i < numbers.size(); i++) {
          double tolerance = 1e-4 * Math.max(1, Math.abs(expected.get(i)));
          assertThat(numbers.get(i)).as(column).isCloseTo(expected.get(i), within(tolerance));
        }
      }
    }
  }

  @Test
  void nothingIsMissingOfWhatAReleaseSaved() throws IOException {
    for (Path version : list(VERSIONS)) {
      assertThat(list(version).stream().map(stage -> stage.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(outputs(version).keySet());
    }
  }

  @Test
  void thereIsAModelOfEveryClass() throws IOException {
    List<Path> versions = list(VERSIONS);
    Set<String> classes =
        list(versions.get(versions.size() - 1)).stream()
            .map(stage -> load(stage).getClass().getName())
            .collect(Collectors.toSet());
    assertThat(classes)
        .containsAll(SavedModels.types().stream().map(Class::getName).toList())
        .contains(Restorer.class.getName());
  }

  /**
   * What this version saves is read again the same way; with {@code -Dsparkae.test.fixture=VERSION}
   * it is kept as the fixture of that release.
   */
  @Test
  void whatThisVersionSavesMakesTheSameOfRows() throws IOException {
    Map<String, Map<String, List<List<Double>>>> made = new TreeMap<>();
    for (Map.Entry<String, Transformer> stage : SavedFixture.train().entrySet()) {
      String path = folder.resolve(stage.getKey()).toString();
      ((MLWritable) stage.getValue()).write().save(path);
      made.put(stage.getKey(), SavedFixture.outputs(stage.getValue()));
      assertThat(SavedFixture.outputs(load(Path.of(path)))).isEqualTo(made.get(stage.getKey()));
    }
    JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(OUTPUTS).toFile(), made);
    assertThat(outputs(folder)).isEqualTo(made);
    String version = System.getProperty("sparkae.test.fixture");
    if (version != null) {
      keep(VERSIONS.resolve(version), made.keySet());
    }
  }

  /** Leaves out where the native library lay on this machine. */
  private void keep(Path fixture, Set<String> stages) throws IOException {
    for (String stage : stages) {
      Path saved = folder.resolve(stage);
      Path model = stage.equals("restorer") ? saved.resolve("model") : saved;
      SavedFiles.editMetadata(
          model,
          json ->
              SavedFiles.withoutChecksum(json)
                  .replaceAll("\"library\":\"[^\"]*\"", "\"library\":\"openblas\""));
    }
    FileUtils.copyDirectory(folder.toFile(), fixture.toFile());
  }
}
