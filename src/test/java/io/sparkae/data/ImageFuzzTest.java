package io.sparkae.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.fuzz.Fuzzed;
import io.sparkae.core.fuzz.Mutants;
import io.sparkae.core.fuzz.Outcome;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** Changed images are pictures of their size, or are refused in one line. */
class ImageFuzzTest {
  private static final String FILE = "d/cat.png";

  /** What decoding takes, beside what its pixels do. */
  private static final long BYTES = 4_000_000;

  private static final long BYTES_PER_PIXEL = 64;

  private static byte[] encoded(String format, int type) throws IOException {
    BufferedImage image = new BufferedImage(9, 7, type);
    Random random = new Random(3);
    for (int y = 0; y < 7; y++) {
      for (int x = 0; x < 9; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private static List<byte[]> originals() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (String format : List.of("png", "bmp", "gif", "jpg")) {
      files.add(encoded(format, BufferedImage.TYPE_INT_RGB));
      files.add(encoded(format, BufferedImage.TYPE_BYTE_GRAY));
    }
    files.add(encoded("png", BufferedImage.TYPE_BYTE_INDEXED));
    files.add(encoded("png", BufferedImage.TYPE_BYTE_BINARY));
    files.add(encoded("png", BufferedImage.TYPE_USHORT_GRAY));
    files.add(encoded("png", BufferedImage.TYPE_INT_ARGB));
    return files;
  }

  @Provide
  Arbitrary<byte[]> files() throws IOException {
    return Mutants.of(originals());
  }

  private static ImagePixels decode(byte[] file, boolean colour) {
    return ImagePixels.decode(new ByteArrayInputStream(file), colour, FILE);
  }

  @Fuzzed
  void imageIsDecodedOrRefused(@ForAll("files") byte[] file) throws Exception {
    boolean colour = file.length % 2 == 0;
    long most = BYTES + BYTES_PER_PIXEL * ImagePixels.mostPixels(file.length);
    Optional<ImagePixels> read =
        Outcome.of(() -> decode(file, colour), LineFormatException.class, FILE + " ", most);
    if (read.isPresent()) {
      ImagePixels pixels = read.get();
      assertThat(pixels.values()).hasSize(pixels.height() * pixels.width() * (colour ? 3 : 1));
      assertThat(Arrays.stream(pixels.values()).allMatch(v -> v >= 0 && v <= 255)).isTrue();
    }
  }

  @Example
  void imageThatIsCutIsRefusedOrWhole() throws Exception {
    for (byte[] file : originals()) {
      ImagePixels whole = decode(file, true);
      for (int length = 0; length < file.length; length++) {
        byte[] cut = Arrays.copyOf(file, length);
        ImagePixels read;
        try {
          read = decode(cut, true);
        } catch (LineFormatException e) {
          continue;
        }
        assertThat(read.values())
            .as("%d of %d bytes of %.8s", length, file.length, new String(file, ISO_8859_1))
            .isEqualTo(whole.values());
      }
    }
  }

  @Example
  void pngWithAChangedBitIsRefused() throws Exception {
    for (byte[] file : originals()) {
      for (int bit = 0; file[1] == 'P' && bit < 8 * file.length; bit++) {
        byte[] changed = file.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        Outcome.refused(
            () -> decode(changed, true), LineFormatException.class, FILE + " is ", BYTES);
      }
    }
  }
}
