package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.fuzz.Fuzzed;
import io.sparkae.core.fuzz.Mutants;
import io.sparkae.core.fuzz.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.FileSplit;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.RecordReader;
import org.apache.hadoop.mapred.Reporter;

/** Changed files of packed text give their lines, or say what is wrong. */
class GzipTextFuzzTest {
  private static final String TEXT = "1 2 3\n4 5 6\r\n7 8 9\n0 1 2";
  private static final List<String> LINES = TEXT.lines().toList();

  private static final String LONG = "5 " + TEXT.repeat(200);

  /** Of two packed texts, the second goes on with the first one's last line. */
  private static final List<String> TWICE = (TEXT + TEXT).lines().toList();

  /** What unpacking and the lines take, whatever the file. */
  private static final long BYTES = 4_000_000;

  private static Path file;

  @BeforeContainer
  static void makeFile() throws IOException {
    file = Files.createTempFile("packed", ".gz");
    Files.write(file, gzip(TEXT));
    assertThat(lines()).isEqualTo(LINES); // and Hadoop's classes are loaded
  }

  @AfterContainer
  static void deleteFile() throws IOException {
    Files.delete(file);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] twice() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(gzip(TEXT));
    bytes.write(gzip(TEXT));
    return bytes.toByteArray();
  }

  private static List<String> lines() throws IOException {
    JobConf job = new JobConf(false);
    BoundedLines format = new BoundedLines();
    format.configure(job);
    FileSplit all =
        new FileSplit(
            new org.apache.hadoop.fs.Path(file.toUri()), 0, Files.size(file), (String[]) null);
    List<String> lines = new ArrayList<>();
    RecordReader<LongWritable, Text> reader = format.getRecordReader(all, job, Reporter.NULL);
    try {
      LongWritable place = reader.createKey();
      Text line = reader.createValue();
      while (reader.next(place, line)) {
        lines.add(line.toString());
      }
    } finally {
      reader.close();
    }
    return lines;
  }

  @Provide
  Arbitrary<byte[]> files() throws IOException {
    return Mutants.of(List.of(gzip(TEXT), gzip(LONG), twice()));
  }

  @Fuzzed
  void fileIsReadOrRefused(@ForAll("files") byte[] bytes) throws Exception {
    Files.write(file, bytes);
    Optional<List<String>> read =
        Outcome.of(GzipTextFuzzTest::lines, LineFormatException.class, "file:" + file + " ", BYTES);
    if (read.isPresent()) {
      assertThat(read.get()).isIn(LINES, TWICE, LONG.lines().toList(), List.of());
    }
  }
}
