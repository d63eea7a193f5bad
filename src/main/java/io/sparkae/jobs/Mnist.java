package io.sparkae.jobs;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The four files of MNIST, as they are called everywhere. */
final class Mnist {
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  /** All of them, without the .gz that the packed ones end in. */
  static final List<String> FILES = List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);

  /** SHA-256 of the packed files, as they were first published. */
  static final Map<String, String> CHECKSUMS =
      Map.of(
          TRAIN_IMAGES + ".gz",
          "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
          TRAIN_LABELS + ".gz",
          "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
          TEST_IMAGES + ".gz",
          "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
          TEST_LABELS + ".gz",
          "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");

  private static final List<URI> MIRRORS =
      List.of(
          URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
          URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"));

  private Mnist() {}

  /**
   * The download of all four into the cache folder of this user: $XDG_CACHE_HOME/sparkae/mnist, or
   * ~/.cache/sparkae/mnist.
   *
   * @param environment the environment's variables
   * @param home the user's home folder
   */
  static Download download(Map<String, String> environment, String home) {
    Path caches = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    Path cache = caches.isAbsolute() ? caches : Path.of(home, ".cache");
    return new Download(cache.resolve("sparkae").resolve("mnist"), MIRRORS, CHECKSUMS);
  }

  /** Where the four files lie, all of them gzip or not: a folder's folder mnist, or itself. */
  static Optional<Path> folder(String folder) {
    Path named = WorkingFolder.file(folder).toPath();
    return Stream.of(named.resolve("mnist"), named)
        .filter(path -> FILES.stream().allMatch(name -> Files.isReadable(file(path, name))))
        .findFirst();
  }

  /** A file of a folder, the packed one if it is there. */
  static Path file(Path folder, String name) {
    Path packed = folder.resolve(name + ".gz");
    return Files.exists(packed) ? packed : folder.resolve(name);
  }

  /**
   * Checks that a folder which a person named has MNIST.
   *
   * @throws UsageException if not; the message names the first file that is missing
   */
  static void require(String option, String folder) {
    if (folder(folder).isPresent()) {
      return;
    }
    Path named = WorkingFolder.file(folder).toPath();
    Path inside = named.resolve("mnist");
    Path looked = Files.isDirectory(inside) ? inside : named;
    String missing =
        FILES.stream()
            .filter(name -> !Files.isReadable(file(looked, name)))
            .findFirst()
            .orElseThrow();
    throw new UsageException(
        "--"
            + option
            + " "
            + folder
            + " has not all of MNIST: "
            + looked.resolve(missing)
            + " is missing (with or without .gz)");
  }
}
