package io.sparkae.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an IDX file says about itself: the element type and the dimensions, the first being the
 * rows.
 *
 * @param type element type
 * @param dimensions sizes, at least one; all but the first are at least 1
 */
public record IdxHeader(IdxType type, List<Integer> dimensions) {

  /** Elements that one row may have at most (2^26: half a gigabyte as doubles). */
  public static final int MAX_ROW_LENGTH = 1 << 26;

  /**
   * Copies the dimensions.
   *
   * @param type any
   * @param dimensions copied
   */
  public IdxHeader {
    dimensions = List.copyOf(dimensions);
  }

  /** {@return rows of the file} */
  public long rows() {
    return dimensions.get(0);
  }

  /** {@return elements of one row: the product of all dimensions but the first} */
  public int rowLength() {
    return dimensions.stream().skip(1).reduce(1, Math::multiplyExact);
  }

  /** {@return bytes of one row} */
  public long rowBytes() {
    return (long) rowLength() * type.bytes();
  }

  /** {@return bytes before the first row} */
  public long headerBytes() {
    return 4L + 4L * dimensions.size();
  }

  /** {@return bytes of the whole file when not compressed} */
  public long fileBytes() {
    return headerBytes() + rows() * rowBytes();
  }

  /** {@return the dimensions as a person writes them, such as {@code 60000 x 28 x 28}} */
  public String shape() {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }

  static IdxHeader read(DataInputStream in, String file) throws IOException {
    int dimensionCount = 0;
    IdxType type;
    try {
      int magic = in.readInt();
      int code = magic >>> 8;
      dimensionCount = magic & 0xff;
      type =
          IdxType.ofCode(code)
              .orElseThrow(
                  () ->
                      new IdxFormatException(
                          file,
                          String.format(
                              "not an IDX file: it starts with %08x where 00000801 (labels),"
                                  + " 00000803 (images) or another IDX magic number belongs",
                              magic)));
      if (dimensionCount == 0) {
        throw new IdxFormatException(file, "the IDX header gives no dimension (byte 3 is 0)");
      }
      int[] sizes = new int[dimensionCount];
      for (int d = 0; d < dimensionCount; d++) {
        sizes[d] = in.readInt();
        if (sizes[d] < (d == 0 ? 0 : 1)) {
          throw new IdxFormatException(
              file,
              String.format(
                  "dimension %d of %d is %d (at byte %d)",
                  d + 1, dimensionCount, Integer.toUnsignedLong(sizes[d]), 4 + 4 * d));
        }
      }
      checkRowLength(sizes, file);
      return new IdxHeader(type, IntStream.of(sizes).boxed().toList());
    } catch (EOFException e) {
      throw new IdxFormatException(
          file,
          "truncated: it ends inside the IDX header of " + (4 + 4 * dimensionCount) + " bytes",
          e);
    }
  }

  private static void checkRowLength(int[] sizes, String file) throws IdxFormatException {
    long length = 1;
    for (int d = 1; d < sizes.length; d++) {
      length *= sizes[d];
      if (length > MAX_ROW_LENGTH) {
        throw new IdxFormatException(
            file,
            String.format(
                "a row has more than %d elements: the dimensions are %s",
                MAX_ROW_LENGTH,
                IntStream.of(sizes).mapToObj(String::valueOf).collect(Collectors.joining(" x "))));
      }
    }
  }
}
