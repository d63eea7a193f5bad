package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.core.fuzz.Fuzzed;
import io.sparkae.core.fuzz.Mutants;
import io.sparkae.core.fuzz.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** Changed zip files give lines of their members, or say what is wrong. */
class ZipFuzzTest {
  private static final String FILE = "d/r.zip";
  private static final String TEXT = "1 2 3\n4 5 6\r\n7 8 9\r0 1 2";
  private static final List<String> LINES = List.of("1 2 3", "4 5 6", "7 8 9", "0 1 2");
  private static final List<String> TWICE = (TEXT + TEXT).lines().toList();
  private static final int TOO_LONG = 10_000;

  /** What unpacking and the lines take, whatever the file. */
  private static final long BYTES = 2_000_000;

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        out.putNextEntry(new ZipEntry(namesAndTexts[i]));
        out.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static List<String> lines(byte[] file, String member) {
    List<String> lines = new ArrayList<>();
    new ZipLines(new ByteArrayInputStream(file), FILE, member, TOO_LONG)
        .forEachRemaining(line -> lines.add(line.text()));
    return lines;
  }

  @Provide
  Arbitrary<byte[]> files() throws IOException {
    return Mutants.of(
        List.of(
            zip("a.amat", TEXT),
            zip("b/", "", "b/a.amat", TEXT),
            zip("a.amat", TEXT, "c.amat", TEXT + TEXT)));
  }

  @Fuzzed
  void fileIsReadOrRefused(@ForAll("files") byte[] file) throws Exception {
    Optional<List<String>> only =
        Outcome.of(() -> lines(file, null), LineFormatException.class, FILE, BYTES);
    Optional<List<String>> named =
        Outcome.of(() -> lines(file, "c.amat"), LineFormatException.class, FILE, BYTES);
    // the file has checksums of its texts; a member that says to be empty is no error
    assertThat(only.orElse(List.of())).isIn(LINES, TWICE, List.of());
    assertThat(named.orElse(List.of())).isIn(LINES, TWICE, List.of());
  }

  @Example
  void linesEndAsTheyDoInPlainFiles() throws IOException {
    assertThat(lines(zip("a", TEXT), null)).containsExactly("1 2 3", "4 5 6", "7 8 9", "0 1 2");
    assertThat(lines(zip("a", "x\n\n\r\r\n"), null)).containsExactly("x", "", "", "");
  }

  @Example
  void namesOfMembersAreNoPaths() throws IOException {
    byte[] file = zip("../../../tmp/a\u001b[2J", TEXT);
    assertThat(lines(file, null)).hasSize(4);
    assertThatThrownBy(() -> lines(file, "b"))
        .hasMessage(FILE + " has no member b: its members are ../../../tmp/a?[2J");
  }

  @Example
  void lineOfAllTheZerosOfABombIsRefused() throws Exception {
    byte[] bomb = zip("a", "0".repeat(1 << 24));
    assertThat(bomb.length).isLessThan(1 << 15);
    Outcome.refused(
        () -> lines(bomb, null), LineFormatException.class, FILE + "!a, line 1: a line of", BYTES);
  }
}
