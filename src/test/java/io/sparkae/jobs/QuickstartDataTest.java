package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartDataTest {
  private static final String[] NAMES = {
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"
  };

  @TempDir private Path folder;

  @Test
  void mnistIsFoundInItsFolderOrDirectlyPackedOrNotButOnlyWhole() throws IOException {
    assertThat(QuickstartData.mnistFolder(folder.toString())).isEmpty();
    Path mnist = Files.createDirectory(folder.resolve("mnist"));
    for (int i = 0; i < 3; i++) {
      Files.createFile(mnist.resolve(NAMES[i] + ".gz"));
    }
    assertThat(QuickstartData.mnistFolder(folder.toString())).isEmpty();
    Files.createFile(mnist.resolve(NAMES[3]));
    assertThat(QuickstartData.mnistFolder(folder.toString())).contains(mnist);
    assertThat(QuickstartData.mnistFolder(mnist.toString())).contains(mnist);
  }

  @Test
  void withoutMnistThereAreLabelledRectanglesThatTrainAndTestDoNotShare() throws IOException {
    QuickstartData data =
        QuickstartData.find(LocalSpark.session(), Optional.of(folder.toString()), 1);
    assertThat(data.title()).contains("rectangles");
    assertThat(data.train().schema().fieldNames()).containsExactly("features", "label");
    assertThat(data.train().first()).isNotEqualTo(data.test().first());
    assertThat(data.train().count()).isEqualTo(20_000);
    assertThat(data.test().count()).isEqualTo(5_000);
  }
}
