package io.sparkae.data;

import io.sparkae.core.Check;
import io.sparkae.core.random.RowPermutation;
import io.sparkae.data.SetFiles.LabelledIdx;
import java.io.IOException;
import java.util.List;

/**
 * A range of the digits of some IDX files, shuffled: row r is the picture that a keyed permutation
 * of all of them puts there, so that no picture is in two rows. Only the rows of the range are
 * kept, a byte for each pixel; the files are read from their beginning for them.
 */
final class DigitRows {
  /** Pixels along each side of a picture. */
  static final int SIDE = 28;

  /** Pixels of a picture. */
  static final int PIXELS = SIDE * SIDE;

  /** Labels are 0 to one less. */
  static final int CLASSES = 10;

  /** No epoch of a training, so that the order is that of none. */
  private static final long ORDER = -1;

  private final long first;
  private final byte[] pixels;
  private final byte[] labels;
  private int missing;

  private DigitRows(long first, int rows) {
    this.first = first;
    this.pixels = new byte[Math.multiplyExact(rows, PIXELS)];
    this.labels = new byte[rows];
    this.missing = rows;
  }

  /**
   * How many digits the files have.
   *
   * @throws IdxFormatException if one is malformed or two do not belong together
   * @throws IOException if one cannot be read
   */
  static long count(List<LabelledIdx> files, FileOpener opener) throws IOException {
    long rows = 0;
    for (LabelledIdx file : files) {
      try (IdxReader images = images(file, opener);
          IdxReader labels = labels(file, opener, images.header())) {
        rows += labels.header().rows();
      }
    }
    return rows;
  }

  /**
   * Reads a range of rows.
   *
   * @param seed seed of the order
   * @param first the first row
   * @param end the row after the last one
   * @throws IllegalArgumentException if there are not so many digits
   * @throws IdxFormatException if a file is malformed
   * @throws IOException if one cannot be read
   */
  static DigitRows read(List<LabelledIdx> files, FileOpener opener, long seed, long first, long end)
      throws IOException {
    long count = count(files, opener);
    Check.that(first >= 0 && end <= count, "rows", "among the " + count + " digits", end);
    DigitRows rows = new DigitRows(first, Math.toIntExact(end - first));
    RowPermutation order = new RowPermutation(seed, ORDER, count);
    long before = 0;
    for (LabelledIdx file : files) {
      if (rows.missing > 0) {
        before += rows.take(file, opener, order, before);
      }
    }
    return rows;
  }

  /** Keeps what a file has of the range; the order counts its digits from {@code before} on. */
  private long take(LabelledIdx file, FileOpener opener, RowPermutation order, long before)
      throws IOException {
    try (IdxReader images = images(file, opener);
        IdxReader labelled = labels(file, opener, images.header())) {
      double[] picture = new double[PIXELS];
      double[] label = new double[1];
      while (images.hasNext() && missing > 0) {
        long row = order.position(before + images.nextRow());
        labelled.readRow(label);
        if (row < first || row >= first + labels.length) {
          images.skipRows(1);
          continue;
        }
        images.readRow(picture);
        if (label[0] >= CLASSES) {
          throw new IdxFormatException(
              file.labels(),
              "row " + (labelled.nextRow() - 1) + " has label " + (int) label[0] + ", no digit");
        }
        keep((int) (row - first), picture, label[0]);
      }
      return images.header().rows();
    }
  }

  private void keep(int row, double[] picture, double label) {
    labels[row] = (byte) label;
    for (int i = 0; i < PIXELS; i++) {
      pixels[row * PIXELS + i] = (byte) (int) picture[i];
    }
    missing--;
  }

  private static IdxReader images(LabelledIdx file, FileOpener opener) throws IOException {
    IdxReader reader = IdxReader.open(opener.open(file.images()), file.images());
    IdxHeader header = reader.header();
    if (header.type() != IdxType.UNSIGNED_BYTE
        || header.dimensions().size() != 3
        || header.dimensions().get(1) != SIDE
        || header.dimensions().get(2) != SIDE) {
      reader.close();
      throw new IdxFormatException(
          file.images(),
          String.format(
              "digits are pictures of %d x %d unsigned bytes, not %s of %s",
              SIDE, SIDE, header.shape(), header.type()));
    }
    return reader;
  }

  private static IdxReader labels(LabelledIdx file, FileOpener opener, IdxHeader images)
      throws IOException {
    IdxReader reader = IdxReader.open(opener.open(file.labels()), file.labels());
    try {
      IdxSource.checkLabels(file.labels(), reader.header(), file.images(), images);
      if (reader.header().type() != IdxType.UNSIGNED_BYTE) {
        throw new IdxFormatException(
            file.labels(), "labels are unsigned bytes, not " + reader.header().type());
      }
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  /**
   * Gives the picture of a row of the range.
   *
   * @param target filled with {@link #PIXELS} values in [0, 1], bytes divided by 255
   * @return the label
   */
  int copy(long row, double[] target) {
    int at = Math.toIntExact(row - first);
    for (int i = 0; i < PIXELS; i++) {
      target[i] = (pixels[at * PIXELS + i] & 0xff) / IdxSource.LARGEST_BYTE;
    }
    return labels[at];
  }
}
