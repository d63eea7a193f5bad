package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Patches of pictures, and the sets that are made of them. */
class PicturePatchesTest {
  private static final int PIXELS = 784;
  private static final int WIDTH = 40;
  private static final int HEIGHT = 30;
  private static final List<String> THREE = List.of("a", "b", "c");

  private final int[][] levels = new int[3][WIDTH * HEIGHT];
  private final FilesInMemory files = FilesInMemory.digits(30, 20);

  /** Three pictures of noise: dark, of middle levels and light. */
  private void drawPictures(String test) {
    Random random = Seed.random(test);
    for (int picture = 0; picture < 3; picture++) {
      int[] drawn = levels[picture];
      int least = 80 * picture;
      Arrays.setAll(drawn, i -> least + random.nextInt(80));
      files.with(
          THREE.get(picture), FilesInMemory.png(WIDTH, HEIGHT, (x, y) -> drawn[WIDTH * y + x]));
    }
  }

  private static double[] patch(PicturePatches patches, long row, int which) {
    double[] pixels = new double[PIXELS];
    patches.copy(row, which, pixels);
    return pixels;
  }

  /** Where a patch lies in the pictures: picture, left, top. */
  private int[] find(double[] patch) {
    for (int picture = 0; picture < 3; picture++) {
      for (int top = 0; top <= HEIGHT - 28; top++) {
        for (int left = 0; left <= WIDTH - 28; left++) {
          if (isAt(patch, levels[picture], left, top)) {
            return new int[] {picture, left, top};
          }
        }
      }
    }
    throw new AssertionError("the patch is nowhere");
  }

  private static boolean isAt(double[] patch, int[] levels, int left, int top) {
    for (int i = 0; i < PIXELS; i++) {
      if (patch[i] != levels[(top + i / 28) * WIDTH + left + i % 28] / 255.0) {
        return false;
      }
    }
    return true;
  }

  @Test
  void patchesComeFromAnyPictureAndAnyPlaceWithEqualChance() throws IOException {
    drawPictures("patchesComeFromAnyPictureAndAnyPlaceWithEqualChance");
    PicturePatches patches = PicturePatches.read(THREE, files, 1, 0, 3900, 1);
    long[] places = new long[13 * 3];
    long[] pictures = new long[3];
    for (int row = 0; row < 3900; row++) {
      int[] place = find(patch(patches, row, 0));
      pictures[place[0]]++;
      places[place[2] * 13 + place[1]]++;
    }
    assertThat(Uniformity.chiSquare(places)).isLessThan(70.7);
    assertThat(Uniformity.chiSquare(pictures)).isLessThan(13.8); // two degrees of freedom
  }

  @Test
  void aPatchIsTheSameWhateverIsCutWithItAndTwoOfARowDiffer() throws IOException {
    drawPictures("aPatchIsTheSameWhateverIsCutWithItAndTwoOfARowDiffer");
    PicturePatches all = PicturePatches.read(THREE, files, 1, 0, 50, 2);
    for (long row : new long[] {0, 13, 49}) {
      PicturePatches alone = PicturePatches.read(THREE, files, 1, row, row + 1, 2);
      for (int which = 0; which < 2; which++) {
        assertThat(patch(alone, row, which)).isEqualTo(patch(all, row, which));
      }
      assertThat(patch(all, row, 0)).isNotEqualTo(patch(all, row, 1));
    }
  }

  @Test
  void picturesAreOpenedOnceAndOnlyIfARowNeedsThem() throws IOException {
    drawPictures("picturesAreOpenedOnceAndOnlyIfARowNeedsThem");
    PicturePatches.read(THREE, files, 1, 0, 1, 1);
    assertThat(files.opened().values()).containsExactly(1);
    files.opened().clear();
    PicturePatches.read(THREE, files, 1, 0, 200, 1);
    assertThat(files.opened()).containsOnlyKeys("a", "b", "c");
    assertThat(files.opened().values()).containsOnly(1);
  }

  @Test
  void placesWithoutTextureArePassedOver() throws IOException {
    files.with("sky", FilesInMemory.png(100, 40, (x, y) -> x < 70 ? 200 : (x * 7 + y * 13) % 256));
    PicturePatches patches = PicturePatches.read(List.of("sky"), files, 1, 0, 300, 1);
    for (int row = 0; row < 300; row++) {
      double[] pixels = patch(patches, row, 0);
      double mean = Arrays.stream(pixels).average().orElseThrow();
      double variance = Arrays.stream(pixels).map(p -> (p - mean) * (p - mean)).sum() / PIXELS;
      assertThat(255 * Math.sqrt(variance)).isGreaterThanOrEqualTo(10 - 1e-9);
    }
  }

  @Test
  void picturesThatGiveNoPatchAreNamed() {
    files.with("flat", FilesInMemory.png(50, 50, (x, y) -> 128 + x % 2));
    assertThatThrownBy(() -> PicturePatches.read(List.of("flat"), files, 1, 0, 1, 1))
        .isInstanceOf(LineFormatException.class)
        .hasMessage(
            "flat has too little texture (a standard deviation of less than 10 grey levels at 1000"
                + " places): take it out of the folder");
    files.with("small", FilesInMemory.png(50, 27, (x, y) -> x * y % 256));
    assertThatThrownBy(() -> PicturePatches.read(List.of("small"), files, 1, 0, 1, 1))
        .isInstanceOf(LineFormatException.class)
        .hasMessage(
            "small is 50 x 27 pixels, smaller than a patch of 28 x 28: take it out of the folder");
    files.with("readme", "twenty photos".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> PicturePatches.read(List.of("readme"), files, 1, 0, 1, 1))
        .isInstanceOf(LineFormatException.class)
        .hasMessage("readme is no image (PNG, JPEG, GIF or BMP)");
  }

  @Test
  void ofDigitAndPatchEachPixelShowsTheLighter() throws IOException {
    drawPictures("ofDigitAndPatchEachPixelShowsTheLighter");
    SetFiles made = new SetFiles(FilesInMemory.DIGITS, THREE);
    PicturePatches patches = PicturePatches.read(THREE, files, 1, 0, 50, 1);
    double[] digit = new double[PIXELS];
    double[] pixels = new double[PIXELS];
    for (boolean turned : new boolean[] {false, true}) {
      SetKind plain = turned ? SetKind.ROT : SetKind.BASIC;
      SetKind kind = turned ? SetKind.ROT_BG_IMG : SetKind.BG_IMG;
      GeneratedSet digits = plain.open(made, files, 1, 0, 50);
      GeneratedSet set = kind.open(made, files, 1, 0, 50);
      for (int row = 0; row < 50; row++) {
        assertThat(set.draw(row, pixels)).isEqualTo(digits.draw(row, digit));
        double[] behind = patch(patches, row, 0);
        for (int i = 0; i < PIXELS; i++) {
          assertThat(pixels[i]).isEqualTo(Math.max(digit[i], behind[i]));
        }
      }
    }
  }

  @Test
  void rectanglesOfThePaperAreCutOutOfOnePatchAndLieOnAnother() throws IOException {
    drawPictures("rectanglesOfThePaperAreCutOutOfOnePatchAndLieOnAnother");
    int rows = 2000;
    SetFiles made = new SetFiles(List.of(), THREE);
    GeneratedSet set = SetKind.RECT_IMG.open(made, files, 1, 0, rows);
    PicturePatches patches = PicturePatches.read(THREE, files, 1, 0, rows, 2);
    double tall = 0;
    double[] pixels = new double[PIXELS];
    for (int row = 0; row < rows; row++) {
      int label = set.draw(row, pixels);
      tall += label;
      double[] around = patch(patches, row, 0);
      double[] inside = patch(patches, row, 1);
      if (Arrays.equals(around, inside)) {
        continue; // the same place of the same picture: there are only 117
      }
      int[] box = {28, -1, 28, -1};
      for (int i = 0; i < PIXELS; i++) {
        if (pixels[i] != around[i]) {
          box[0] = Math.min(box[0], i / 28);
          box[1] = Math.max(box[1], i / 28);
          box[2] = Math.min(box[2], i % 28);
          box[3] = Math.max(box[3], i % 28);
        }
      }
      for (int i = 0; i < PIXELS; i++) {
        boolean in = i / 28 >= box[0] && i / 28 <= box[1] && i % 28 >= box[2] && i % 28 <= box[3];
        assertThat(pixels[i]).isEqualTo(in ? inside[i] : around[i]);
      }
      int height = box[1] - box[0] + 1;
      int width = box[3] - box[2] + 1;
      assertThat(Math.min(height, width)).isGreaterThanOrEqualTo(10);
      assertThat(Math.abs(height - width)).isGreaterThanOrEqualTo(5);
      assertThat(height * width).isBetween(196, 588);
      assertThat(label).isEqualTo(height > width ? 1 : 0);
    }
    assertThat(tall / rows).isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(rows)));
  }
}
