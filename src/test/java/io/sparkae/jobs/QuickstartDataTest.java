package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartDataTest {
  @TempDir private Path folder;

  private QuickstartData find(Download download, boolean offline) throws IOException {
    return QuickstartData.find(
        LocalSpark.session(),
        new MnistSearch(Optional.of(folder.toString()), download, offline),
        1,
        file -> {
          throw new AssertionError("downloaded " + file);
        });
  }

  /** A download that would have to fetch something from nowhere. */
  private Download nothing() {
    return new Download(folder.resolve("cache"), List.of(), Mnist.CHECKSUMS);
  }

  @Test
  void mnistIsFoundInItsFolderOrDirectlyPackedOrNotButOnlyWhole() throws IOException {
    assertThat(Mnist.folder(folder.toString())).isEmpty();
    Path mnist = Files.createDirectory(folder.resolve("mnist"));
    for (int i = 0; i < 3; i++) {
      Files.createFile(mnist.resolve(Mnist.FILES.get(i) + ".gz"));
    }
    assertThat(Mnist.folder(folder.toString())).isEmpty();
    Files.createFile(mnist.resolve(Mnist.FILES.get(3)));
    assertThat(Mnist.folder(folder.toString())).contains(mnist);
    assertThat(Mnist.folder(mnist.toString())).contains(mnist);
  }

  @Test
  void withoutMnistThereAreLabelledDrawnDigitsThatTrainAndTestDoNotShare() throws IOException {
    QuickstartData data = find(nothing(), false);
    assertThat(data.title())
        .isEqualTo(
            "drawn digits (no MNIST in SPARKAE_DATA or "
                + folder.resolve("cache")
                + "; download: no network)");
    assertThat(data.train().schema().fieldNames()).containsExactly("features", "label");
    assertThat(data.train().first()).isNotEqualTo(data.test().first());
    assertThat(data.train().count()).isEqualTo(60_000);
    assertThat(data.test().count()).isEqualTo(10_000);
  }

  @Test
  void offlineNothingIsFetchedNorAnyFolderMade() throws IOException {
    assertThat(find(nothing(), true).title()).startsWith("drawn digits").contains("--offline");
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void theChecksumsAreThoseOfTheFilesAndWhatWasDownloadedIsUsedOffline() throws IOException {
    String data = System.getenv("SPARKAE_DATA");
    assumeThat(data)
        .as("SPARKAE_DATA names the folder of data sets: skipped without it")
        .isNotNull();
    Path mnist = Path.of(data, "mnist");
    assumeThat(mnist).as("SPARKAE_DATA has a folder mnist: skipped without it").isDirectory();
    Path cache = Files.createDirectory(folder.resolve("cache"));
    assertThat(Mnist.CHECKSUMS.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Mnist.FILES.stream().map(name -> name + ".gz").toList());
    for (String name : Mnist.CHECKSUMS.keySet()) {
      Files.copy(mnist.resolve(name), cache.resolve(name));
    }
    for (boolean offline : new boolean[] {true, false}) {
      assertThat(find(nothing(), offline).title())
          .isEqualTo("MNIST, handwritten digits, from " + cache);
    }
  }
}
