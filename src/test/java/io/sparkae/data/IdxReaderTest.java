package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxReaderTest {
  private static final String FILE = "images.idx";

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rowsComeInTheOrderOfTheFileWhetherCompressedOrNot(boolean compressed) throws IOException {
    byte[] file = IdxFiles.images(100);
    try (IdxReader reader = open(compressed ? IdxFiles.gzip(file) : file)) {
      assertThat(reader.compressed()).isEqualTo(compressed);
      assertThat(reader.header().dimensions()).containsExactly(100, 2, 2);
      double[] row = new double[4];
      for (int r = 0; r < 100; r++) {
        assertThat(reader.nextRow()).isEqualTo(r);
        reader.readRow(row);
        for (int i = 0; i < 4; i++) {
          assertThat(row[i]).isEqualTo((4 * r + i) % 256);
        }
      }
      assertThat(reader.hasNext()).isFalse();
      reader.checkEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void skippedRowsAreThoseBeforeTheNext(boolean compressed) throws IOException {
    byte[] file = IdxFiles.images(60);
    try (IdxReader reader = open(compressed ? IdxFiles.gzip(file) : file)) {
      reader.skipRows(41);
      double[] row = new double[4];
      reader.readRow(row);
      assertThat(row).containsExactly(164, 165, 166, 167);
    }
  }

  @Test
  void eachElementTypeKeepsItsValues() throws IOException {
    assertThat(single(0x08, new byte[] {(byte) 0xff})).isEqualTo(255);
    assertThat(single(0x09, new byte[] {(byte) 0xff})).isEqualTo(-1);
    assertThat(single(0x0b, ByteBuffer.allocate(2).putShort((short) -300).array())).isEqualTo(-300);
    assertThat(single(0x0c, ByteBuffer.allocate(4).putInt(1 << 30).array())).isEqualTo(1 << 30);
    assertThat(single(0x0d, ByteBuffer.allocate(4).putFloat(0.1f).array())).isEqualTo(0.1f);
    assertThat(single(0x0e, ByteBuffer.allocate(8).putDouble(0.1).array())).isEqualTo(0.1);
  }

  @Test
  void rowsLongerThanTheBufferAreWhole() throws IOException {
    int length = 100_001;
    ByteBuffer values = ByteBuffer.allocate(4 * length);
    for (int i = 0; i < length; i++) {
      values.putInt(i);
    }
    try (IdxReader reader = open(IdxFiles.idx(0x0c, new int[] {1, length}, values.array()))) {
      double[] row = new double[length];
      reader.readRow(row);
      assertThat(row[0]).isZero();
      assertThat(row[70_000]).isEqualTo(70_000);
      assertThat(row[length - 1]).isEqualTo(length - 1);
    }
  }

  @Test
  void aFileOfNoRowsIsEmpty() throws IOException {
    try (IdxReader reader = open(IdxFiles.images(0))) {
      assertThat(reader.hasNext()).isFalse();
      reader.checkEnd();
    }
  }

  @Test
  void otherFilesAreRefusedByTheirFirstBytes() {
    assertRefused("plain text, no IDX".getBytes(StandardCharsets.US_ASCII))
        .hasMessageContaining("not an IDX file")
        .hasMessageContaining("706c6169");
    assertRefused(IdxFiles.idx(0x0a, new int[] {1}, (byte) 1)).hasMessageContaining("00000a01");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 9, 15})
  void aFileThatEndsInsideItsHeaderIsTruncated(int length) {
    assertRefused(Arrays.copyOf(IdxFiles.images(3), length))
        .hasMessageContaining("truncated: it ends inside the IDX header");
  }

  @Test
  void dimensionsThatMakeNoSenseAreNamedWithTheirPlace() {
    assertRefused(IdxFiles.idx(8, new int[0])).hasMessageContaining("no dimension");
    assertRefused(IdxFiles.idx(8, new int[] {5, 0, 2}))
        .hasMessageContaining("dimension 2 of 3 is 0 (at byte 8)");
    assertRefused(IdxFiles.idx(8, new int[] {-1}))
        .hasMessageContaining("dimension 1 of 1 is 4294967295 (at byte 4)");
  }

  @Test
  void rowsWhoseLengthOverflowsAreRefusedBeforeAnythingIsAllocated() {
    assertRefused(IdxFiles.idx(8, new int[] {1, 1 << 30, 1 << 30, 16}))
        .hasMessageContaining("a row has more than 67108864 elements");
    assertRefused(IdxFiles.idx(8, new int[] {1, 65536, 65536})).hasMessageContaining("65536");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFileThatEndsInARowNamesTheRow(boolean compressed) throws IOException {
    byte[] file = Arrays.copyOf(IdxFiles.images(10), 16 + 4 * 7 + 2);
    try (IdxReader reader = open(compressed ? IdxFiles.gzip(file) : file)) {
      double[] row = new double[4];
      for (int r = 0; r < 7; r++) {
        reader.readRow(row);
      }
      assertThatThrownBy(() -> reader.readRow(row))
          .isInstanceOf(IdxFormatException.class)
          .hasMessageStartingWith(FILE + ": truncated: it ends in or before row 7 of 10")
          .hasMessageContaining("need 56 bytes");
    }
    try (IdxReader reader = open(compressed ? IdxFiles.gzip(file) : file)) {
      assertThatThrownBy(() -> reader.skipRows(9))
          .isInstanceOf(IdxFormatException.class)
          .hasMessageStartingWith(FILE + ": truncated: it ends in or before row 7 of 10");
    }
  }

  @Test
  void aCutGzipStreamIsTruncated() throws IOException {
    byte[] packed = IdxFiles.gzip(IdxFiles.images(5000));
    byte[] cut = Arrays.copyOf(packed, packed.length / 2);
    try (IdxReader reader = open(cut);
        IdxReader other = open(cut)) {
      double[] row = new double[4];
      assertThatThrownBy(
              () -> {
                while (true) {
                  reader.readRow(row);
                }
              })
          .isInstanceOf(IdxFormatException.class);
      assertThat(reader.nextRow()).isPositive();
      assertThatThrownBy(() -> other.skipRows(5000))
          .isInstanceOf(IdxFormatException.class)
          .hasMessageContaining(
              "truncated: it ends in or before row " + reader.nextRow() + " of 5000");
    }
  }

  @Test
  void aDamagedGzipStreamIsBroken() throws IOException {
    byte[] packed = IdxFiles.gzip(IdxFiles.images(5000));
    packed[packed.length - 6] ^= 0x55; // in the checksum at the end
    try (IdxReader reader = open(packed)) {
      assertThatThrownBy(
              () -> {
                reader.skipRows(5000);
                reader.checkEnd();
              })
          .isInstanceOf(IdxFormatException.class)
          .hasMessageContaining("broken gzip");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bytesAfterTheLastRowAreNoticed(boolean compressed) throws IOException {
    byte[] file = Arrays.copyOf(IdxFiles.images(10), 16 + 40 + 1);
    try (IdxReader reader = open(compressed ? IdxFiles.gzip(file) : file)) {
      reader.skipRows(10);
      assertThatThrownBy(reader::checkEnd)
          .isInstanceOf(IdxFormatException.class)
          .hasMessageStartingWith(FILE)
          .hasMessageContaining("end at byte 56");
    }
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(byte[] file) {
    return assertThatThrownBy(() -> open(file))
        .isInstanceOf(IdxFormatException.class)
        .hasMessageStartingWith(FILE + ": ")
        .hasMessageNotContaining("\n");
  }

  private static double single(int type, byte[] value) throws IOException {
    try (IdxReader reader = open(IdxFiles.idx(type, new int[] {1}, value))) {
      double[] row = new double[1];
      reader.readRow(row);
      reader.checkEnd();
      return row[0];
    }
  }

  private static IdxReader open(byte[] file) throws IOException {
    return IdxReader.open(new ByteArrayInputStream(file), FILE);
  }
}
