package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.core.fuzz.Fuzzed;
import io.sparkae.core.fuzz.Mutants;
import io.sparkae.core.fuzz.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** Changed IDX files, packed or not, give the numbers that are in them, or say what is wrong. */
class IdxFuzzTest {
  private static final String FILE = "d/images.idx";

  /** What a reader takes whatever the file. */
  private static final long BYTES = 700_000;

  private static List<byte[]> originals() throws IOException {
    byte[] numbers = new byte[48];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (byte) (i * 37);
    }
    List<byte[]> files = new ArrayList<>();
    files.add(IdxFiles.images(5));
    files.add(IdxFiles.labels(9));
    files.add(IdxFiles.idx(0x09, new int[] {3, 4}, Arrays.copyOf(numbers, 12)));
    files.add(IdxFiles.idx(0x0b, new int[] {2, 3, 2}, Arrays.copyOf(numbers, 24)));
    files.add(IdxFiles.idx(0x0c, new int[] {4, 1, 1, 3}, numbers));
    files.add(IdxFiles.idx(0x0d, new int[] {6, 2}, numbers));
    files.add(IdxFiles.idx(0x0e, new int[] {6}, numbers));
    for (byte[] plain : List.copyOf(files)) {
      files.add(IdxFiles.gzip(plain));
    }
    files.add(IdxFiles.gzip(IdxFiles.images(400)));
    return files;
  }

  @Provide
  Arbitrary<byte[]> files() throws IOException {
    return Mutants.of(originals());
  }

  /** All elements of a file, whose header must suit its length. */
  private static List<Double> read(byte[] file, int skipped) throws IOException {
    List<Double> elements = new ArrayList<>();
    try (IdxReader reader = IdxReader.open(new ByteArrayInputStream(file), FILE)) {
      reader.checkLength(file.length);
      double[] row = new double[reader.header().rowLength()];
      reader.skipRows(Math.min(skipped, reader.header().rows()));
      while (reader.hasNext()) {
        reader.readRow(row);
        Arrays.stream(row).forEach(elements::add);
      }
      reader.checkEnd();
    }
    return elements;
  }

  /** The same without the code under test. */
  private static List<Double> decoded(byte[] file, int skipped) throws IOException {
    boolean packed = file[0] == 0x1f && file[1] == (byte) 0x8b;
    ByteBuffer bytes =
        ByteBuffer.wrap(
            packed ? new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes() : file);
    bytes.getShort();
    int type = bytes.get();
    int dimensions = bytes.get();
    int rows = bytes.getInt();
    int rowLength = 1;
    for (int d = 1; d < dimensions; d++) {
      rowLength *= bytes.getInt();
    }
    List<Double> elements = new ArrayList<>();
    for (int i = 0; i < rows * rowLength; i++) {
      double element =
          switch (type) {
            case 0x08 -> bytes.get() & 0xff;
            case 0x09 -> bytes.get();
            case 0x0b -> bytes.getShort();
            case 0x0c -> bytes.getInt();
            case 0x0d -> bytes.getFloat();
            default -> bytes.getDouble();
          };
      if (i >= skipped * rowLength) {
        elements.add(element);
      }
    }
    assertThat(bytes.remaining()).isZero();
    return elements;
  }

  @Fuzzed
  void fileIsReadOrRefused(@ForAll("files") byte[] file) throws Exception {
    int skipped = file.length % 3;
    long unpacked = 1032L * file.length;
    Optional<List<Double>> elements =
        Outcome.of(
            () -> read(file, skipped),
            IdxFormatException.class,
            FILE + ": ",
            BYTES + 2 * Double.BYTES * unpacked);
    if (elements.isPresent()) {
      assertThat(elements.get()).isEqualTo(decoded(file, skipped));
    }
  }

  private static byte[] zeros(byte[] head, int count) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(head);
      for (int i = 0; i < count; i++) {
        out.write(new byte[1 << 20]);
      }
    }
    return packed.toByteArray();
  }

  @Example
  void gzipThatUnpacksToFarMoreThanItsRowsIsLeftAfterThem() throws Exception {
    byte[] bomb = zeros(IdxFiles.labels(10), 64);
    Outcome.refused(() -> read(bomb, 0), IdxFormatException.class, FILE + ": bytes follow", BYTES);
  }

  @Example
  void headerOfMoreThanGzipCanHoldIsRefusedBeforeItsRowsAreMade() throws IOException {
    byte[] header = IdxFiles.idx(0x0e, new int[] {1, 1 << 13, 1 << 13});
    assertThatThrownBy(() -> read(zeros(header, 1), 0))
        .isInstanceOf(IdxFormatException.class)
        .hasMessageMatching(
            FILE
                + ": truncated: it has \\d+ bytes of gzip where 1 x 8192 x 8192 of double need"
                + " 536870928");
  }

  @Example
  void membersOfGzipFollowOneAnother() throws IOException {
    byte[] file = IdxFiles.images(10);
    byte[] first = IdxFiles.gzip(Arrays.copyOf(file, 20));
    byte[] second = IdxFiles.gzip(Arrays.copyOfRange(file, 20, file.length));
    byte[] both =
        new SequenceInputStream(new ByteArrayInputStream(first), new ByteArrayInputStream(second))
            .readAllBytes();
    assertThat(read(both, 0)).isEqualTo(decoded(file, 0));
  }
}
