package io.sparkae.jobs;

import io.sparkae.data.GeneratedSets;
import io.sparkae.data.GeneratedSource;
import io.sparkae.data.SetFiles;
import io.sparkae.data.SetFiles.LabelledIdx;
import io.sparkae.data.SetKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** The files that sets of digits or pictures are made of, as {@code generate} finds them. */
final class GenerateFiles {
  static final Option<String> MNIST =
      Option.text(
          "mnist",
          "FOLDER",
          "sets of digits: where MNIST's four files lie; default the variable SPARKAE_DATA, then a"
              + " download (11 MB) kept in ~/.cache/sparkae");
  static final Option<Boolean> OFFLINE =
      Option.flag("offline", "sets of digits: download nothing; use what was downloaded before");
  static final Option<String> PICTURES =
      Option.text(
          "pictures",
          "FOLDER",
          "sets on pictures: folder of PNG, JPEG, GIF or BMP files to cut patches from, at any place"
              + " that has some texture; the paper had 20 photos");

  /** The options, in the order of the help. */
  static final List<Option<?>> OPTIONS = List.of(MNIST, OFFLINE, PICTURES);

  private GenerateFiles() {}

  /**
   * Checks what can be checked without Spark.
   *
   * @throws UsageException if an option is missing or of no use to the set, or MNIST is not where
   *     it is said to be
   */
  static void require(SetKind set, Arguments arguments) {
    refuse(MNIST, SetKind::ofDigits, set, arguments);
    refuse(OFFLINE, SetKind::ofDigits, set, arguments);
    refuse(PICTURES, SetKind::ofPictures, set, arguments);
    if (set.ofPictures() && !arguments.given(PICTURES)) {
      throw new UsageException(
          "--pictures is missing: --set "
              + set.label()
              + " cuts patches from a folder of pictures");
    }
    arguments.find(MNIST).ifPresent(folder -> Mnist.require(MNIST.name(), folder));
  }

  private static void refuse(
      Option<?> option, Predicate<SetKind> uses, SetKind set, Arguments arguments) {
    if (arguments.differs(option) && !uses.test(set)) {
      String users =
          GeneratedSets.names().stream()
              .filter(name -> uses.test(GeneratedSets.kind(name)))
              .collect(Collectors.joining(", "));
      throw new UsageException(
          "--" + option.name() + " is for --set " + users + ", not " + set.label());
    }
  }

  /**
   * Finds the files of a set.
   *
   * @throws UsageException if there is no MNIST, or no picture in the folder
   * @throws IOException if the folder of pictures cannot be read
   */
  static SetFiles find(SetKind set, Arguments arguments, SparkSession spark, Console console)
      throws IOException {
    List<LabelledIdx> digits = set.ofDigits() ? mnist(set, arguments, console) : List.of();
    List<String> pictures = set.ofPictures() ? pictures(arguments.get(PICTURES), spark) : List.of();
    return new SetFiles(digits, pictures);
  }

  private static List<LabelledIdx> mnist(SetKind set, Arguments arguments, Console console) {
    MnistSearch search = MnistSearch.of(arguments.find(MNIST), arguments.get(OFFLINE));
    MnistSearch.Found found = search.find(file -> console.progress("downloaded: %s", file));
    Path folder =
        found
            .folder()
            .orElseThrow(
                () ->
                    new UsageException(
                        String.format(
                            "--set %s needs MNIST, which is neither in SPARKAE_DATA nor in %s"
                                + " (download: %s): name its folder by --mnist",
                            set.label(), search.download().folder(), found.hindrance())));
    console.progress("digits: MNIST from %s", folder);
    return List.of(
        pair(folder, Mnist.TRAIN_IMAGES, Mnist.TRAIN_LABELS),
        pair(folder, Mnist.TEST_IMAGES, Mnist.TEST_LABELS));
  }

  private static LabelledIdx pair(Path folder, String images, String labels) {
    return new LabelledIdx(
        Mnist.file(folder, images).toUri().toString(),
        Mnist.file(folder, labels).toUri().toString());
  }

  private static List<String> pictures(String folder, SparkSession spark) throws IOException {
    new Inputs(spark).requireInput(PICTURES.name(), folder);
    try {
      return GeneratedSource.pictures(spark, folder);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--pictures " + e.getMessage());
    }
  }
}
