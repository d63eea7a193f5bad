package io.sparkae.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;

/** Files that sets are made of, and how often each was opened. */
public final class FilesInMemory implements FileOpener {
  private final Map<String, byte[]> files = new HashMap<>();
  private final Map<String, Integer> opened = new TreeMap<>();

  FilesInMemory with(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  /** {@code first} and {@code second} digits in two pairs of files, one of them packed. */
  static FilesInMemory digits(int first, int second) {
    try {
      return new FilesInMemory()
          .with("a-images", IdxFiles.gzip(IdxFiles.digits(0, first)))
          .with("a-labels", IdxFiles.labels(first))
          .with("b-images", IdxFiles.digits(first, second))
          .with("b-labels", IdxFiles.labels(second));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of {@link #digits}. */
  static final List<SetFiles.LabelledIdx> DIGITS =
      List.of(
          new SetFiles.LabelledIdx("a-images", "a-labels"),
          new SetFiles.LabelledIdx("b-images", "b-labels"));

  /** A grey PNG, each level from column and row. */
  public static byte[] png(int width, int height, IntBinaryOperator level) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, level.applyAsInt(x, y));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  Map<String, Integer> opened() {
    return opened;
  }

  @Override
  public InputStream open(String file) throws IOException {
    if (!files.containsKey(file)) {
      throw new FileNotFoundException(file);
    }
    opened.merge(file, 1, Integer::sum);
    return new ByteArrayInputStream(files.get(file));
  }
}
