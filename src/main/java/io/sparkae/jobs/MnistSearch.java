package io.sparkae.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where MNIST may come from.
 *
 * @param folder a folder of data sets (with a folder {@code mnist}, or the files directly), if one
 *     is named
 * @param download the download that is kept on this machine
 * @param offline whether only what was downloaded before may be used
 */
record MnistSearch(Optional<String> folder, Download download, boolean offline) {
  /**
   * What was found.
   *
   * @param folder where the four files lie, if they do
   * @param hindrance why there are none, a few words; else empty
   */
  record Found(Optional<Path> folder, String hindrance) {}

  /**
   * The search of a command: in the folder that it was given, else in that of the variable
   * SPARKAE_DATA, else among the downloads of this user.
   */
  static MnistSearch of(Optional<String> given, boolean offline) {
    return new MnistSearch(
        given.or(() -> Optional.ofNullable(System.getenv("SPARKAE_DATA"))),
        Mnist.download(System.getenv(), System.getProperty("user.home")),
        offline);
  }

  /**
   * Finds MNIST, or downloads it.
   *
   * @param arrived told of each file that is downloaded
   */
  Found find(Consumer<Path> arrived) {
    Optional<Path> there = folder.flatMap(Mnist::folder);
    if (there.isPresent()) {
      return new Found(there, "");
    }
    if (download.complete()) {
      return new Found(Optional.of(download.folder()), "");
    }
    if (offline) {
      return new Found(Optional.empty(), "not with --offline");
    }
    try {
      download.fetch(arrived);
      return new Found(Optional.of(download.folder()), "");
    } catch (IOException e) {
      return new Found(Optional.empty(), Failures.line(e));
    }
  }
}
