package io.sparkae.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.data.FeatureProvenance.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static final ImageShape GREY = new ImageShape(1, 2, 1);
  private static final ImageShape RGB = new ImageShape(1, 2, 3);
  private static final int M = Pictures.MARGIN_COLOUR;

  /** The sheet as rows of 0xRRGGBB. */
  private static int[][] pixels(BufferedImage image) {
    int[][] rows = new int[image.getHeight()][image.getWidth()];
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows[y].length; x++) {
        rows[y][x] = image.getRGB(x, y) & 0xFFFFFF;
      }
    }
    return rows;
  }

  @Test
  void picturesStandRowByRowWithMarginsAroundAndTheRestOfTheLastRowEmpty() {
    List<float[]> images =
        List.of(new float[] {0, 1}, new float[] {0.2f, 0.4f}, new float[] {0.6f, 0.8f});
    assertThat(pixels(Pictures.grid(images, GREY, 2, 1)))
        .isEqualTo(
            new int[][] {
              {M, M, M, M, M, M, M},
              {M, 0x000000, 0xFFFFFF, M, 0x333333, 0x666666, M},
              {M, M, M, M, M, M, M},
              {M, 0x999999, 0xCCCCCC, M, M, M, M},
              {M, M, M, M, M, M, M},
            });
  }

  @Test
  void coloursAreRedGreenBlueWithTheChannelsLast() {
    float[] image = {1, 0, 0.2f, 0, 0.4f, 1};
    assertThat(pixels(Pictures.grid(List.of(image), RGB, 9, 1)))
        .isEqualTo(new int[][] {{M, M, M, M}, {M, 0xFF0033, 0x0066FF, M}, {M, M, M, M}});
  }

  @Test
  void everyPixelBecomesASquareOfTheScale() {
    int[][] sheet = pixels(Pictures.grid(List.of(new float[] {0, 1}), GREY, 1, 3));
    assertThat(sheet).hasDimensions(9, 12);
    for (int y = 0; y < 9; y++) {
      for (int x = 0; x < 12; x++) {
        boolean inside = y / 3 == 1 && x / 3 >= 1 && x / 3 <= 2;
        assertThat(sheet[y][x]).isEqualTo(!inside ? M : x / 3 == 1 ? 0 : 0xFFFFFF);
      }
    }
  }

  @Test
  void valuesOutsideTheRangeAreDrawnAsTheNearerEnd() {
    List<float[]> images =
        List.of(new float[] {-3, Float.POSITIVE_INFINITY}, new float[] {Float.NaN, 1.01f});
    assertThat(pixels(Pictures.grid(images, GREY, 2, 1))[1])
        .containsExactly(M, 0, 0xFFFFFF, M, 0, 0xFFFFFF, M);
  }

  @Test
  void aPngReadsBackWithTheSamePixels() throws IOException {
    BufferedImage sheet = Pictures.grid(List.of(new float[] {0.1f, 0.9f}), GREY, 1, 4);
    byte[] png = Pictures.png(sheet);
    assertThat(pixels(ImageIO.read(new ByteArrayInputStream(png)))).isEqualTo(pixels(sheet));
    assertThat(Pictures.png(sheet)).isEqualTo(png);
  }

  @Test
  void whatCannotBeDrawnIsRefusedWithItsNumber() {
    List<float[]> one = List.of(new float[2]);
    assertThatThrownBy(() -> Pictures.grid(List.of(), GREY, 1, 1))
        .hasMessage("images must be at least 1, not 0");
    assertThatThrownBy(() -> Pictures.grid(one, GREY, 0, 1))
        .hasMessage("columns must be at least 1, not 0");
    assertThatThrownBy(() -> Pictures.grid(one, GREY, 1, 0))
        .hasMessage("scale must be at least 1, not 0");
    assertThatThrownBy(() -> Pictures.grid(one, new ImageShape(1, 1, 2), 1, 1))
        .hasMessage("channels must be 1 (grey) or 3 (rgb), not 2");
    assertThatThrownBy(() -> Pictures.grid(List.of(new float[3]), GREY, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values of an image must be 2, not 3");
  }
}
