package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images decoded to the numbers that are in them, and resized. */
class ImagePixelsTest {
  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private static ImagePixels decode(byte[] bytes, boolean colour) {
    return ImagePixels.decode(new ByteArrayInputStream(bytes), colour, "d/a.png");
  }

  private static BufferedImage grey(int width, int height, int... levels) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < levels.length; i++) {
      image.getRaster().setSample(i % width, i / width, 0, levels[i]);
    }
    return image;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void greyLevelsComeBackAsTheyAre(String format) throws IOException {
    byte[] file = encoded(grey(3, 2, 0, 1, 100, 200, 254, 255), format);
    ImagePixels pixels = decode(file, false);
    assertThat(pixels.height()).isEqualTo(2);
    assertThat(pixels.width()).isEqualTo(3);
    assertThat(pixels.values()).containsExactly(0, 1, 100, 200, 254, 255);
    assertThat(decode(file, true).values()).startsWith(0, 0, 0, 1, 1, 1, 100, 100, 100);
  }

  @Test
  void coloursAreKeptOrWeighedForGrey() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x0A141E);
    image.setRGB(1, 0, 0xFF0000);
    byte[] file = encoded(image, "png");
    assertThat(decode(file, true).values()).containsExactly(10, 20, 30, 255, 0, 0);
    double[] luminance = decode(file, false).values();
    assertThat(luminance[0]).isCloseTo(0.299 * 10 + 0.587 * 20 + 0.114 * 30, within(1e-12));
    assertThat(luminance[1]).isCloseTo(0.299 * 255, within(1e-12));
  }

  @Test
  void resizingAveragesTheAreaOfEachPixel() {
    ImagePixels pixels = new ImagePixels(2, 4, 1, new double[] {0, 2, 4, 6, 8, 10, 12, 14});
    assertThat(pixels.resized(1, 2).values()).containsExactly(5, 9);
    assertThat(pixels.resized(2, 4)).isSameAs(pixels);
    double[] thirds = pixels.resized(2, 3).values();
    // 4/3 pixels each: (0 + 2/3) / (4/3), (2·2/3 + 4·2/3) / (4/3), (4/3 + 6) / (4/3)
    assertThat(thirds).hasSize(6);
    assertThat(thirds[0]).isCloseTo(0.5, within(1e-12));
    assertThat(thirds[1]).isCloseTo(3, within(1e-12));
    assertThat(thirds[2]).isCloseTo(5.5, within(1e-12));
    assertThat(pixels.resized(4, 8).values()).startsWith(0, 0, 2, 2, 4, 4, 6, 6, 0, 0);
    ImagePixels colour = new ImagePixels(1, 2, 3, new double[] {0, 10, 20, 2, 30, 60});
    assertThat(colour.resized(1, 1).values()).containsExactly(1, 20, 40);
  }

  @Test
  void damagedFilesAreToldByName() throws IOException {
    int[] levels = new Random(1).ints(1600, 0, 256).toArray();
    byte[] whole = encoded(grey(40, 40, levels), "png");
    assertThatThrownBy(() -> decode("no image".getBytes(StandardCharsets.UTF_8), false))
        .isInstanceOf(LineFormatException.class)
        .hasMessage("d/a.png is no image (PNG, JPEG, GIF or BMP)");
    assertThatThrownBy(() -> decode(encoded(grey(40, 40, levels), "tiff"), false))
        .isInstanceOf(LineFormatException.class)
        .hasMessage("d/a.png is no image (PNG, JPEG, GIF or BMP)");
    assertThatThrownBy(() -> decode(new byte[0], false)).hasMessageStartingWith("d/a.png is no");
    for (int length = 10; length < whole.length * 3 / 4; length += 7) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decode(cut, false))
          .as("cut to %d of %d bytes", length, whole.length)
          .isInstanceOf(LineFormatException.class)
          .hasMessageStartingWith("d/a.png is ");
    }
  }

  @Test
  void hugePicturesAreRefusedBeforeTheyAreDecoded() throws IOException {
    byte[] file = encoded(grey(1, 1, 0), "png");
    // width and height stand in the header chunk, from byte 16 on; its checksum is not looked at
    Arrays.fill(file, 16, 24, (byte) 0x7F);
    assertThatThrownBy(() -> decode(file, false))
        .isInstanceOf(LineFormatException.class)
        .hasMessageStartingWith("d/a.png ");
  }
}
