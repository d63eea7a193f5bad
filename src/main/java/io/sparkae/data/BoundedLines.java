package io.sparkae.data;

import java.io.IOException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.FileSplit;
import org.apache.hadoop.mapred.InputSplit;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.RecordReader;
import org.apache.hadoop.mapred.Reporter;
import org.apache.hadoop.mapred.TextInputFormat;
import org.apache.hadoop.mapreduce.lib.input.LineRecordReader;

/**
 * Hadoop's lines of text, but a line that is too long and a file that cannot be unpacked are told
 * by name: Hadoop passes over the one, and says nothing of the other's file.
 */
final class BoundedLines extends TextInputFormat {
  /** Bytes, or characters, of a line that is too long to be one (64 MiB). */
  static final int TOO_LONG = 1 << 26;

  /** What is said of such a line. */
  static final String FAULT =
      "a line of more than " + TOO_LONG + " bytes: the file is none of lines of numbers";

  @Override
  public RecordReader<LongWritable, Text> getRecordReader(
      InputSplit split, JobConf job, Reporter reporter) {
    JobConf bounded = new JobConf(job);
    bounded.setInt(LineRecordReader.MAX_LINE_LENGTH, TOO_LONG);
    String file = ((FileSplit) split).getPath().toString();
    try {
      return new Lines(super.getRecordReader(split, bounded, reporter), file);
    } catch (IOException e) {
      throw unreadable(file, 0, e);
    }
  }

  private static LineFormatException unreadable(String file, long at, IOException e) {
    LineFormatException told =
        new LineFormatException(file, "cannot be read at byte " + at + ": " + e.getMessage());
    told.addSuppressed(e);
    return told;
  }

  private static final class Lines implements RecordReader<LongWritable, Text> {
    private final RecordReader<LongWritable, Text> lines;
    private final String file;

    Lines(RecordReader<LongWritable, Text> lines, String file) {
      this.lines = lines;
      this.file = file;
    }

    @Override
    public boolean next(LongWritable key, Text value) throws IOException {
      long start = lines.getPos();
      boolean found;
      try {
        found = lines.next(key, value);
      } catch (IOException e) {
        throw unreadable(file, start, e);
      }
      if ((found ? key.get() : lines.getPos()) != start) { // lines were passed over
        throw new LineFormatException(file, "has, from byte " + start + " on, " + FAULT);
      }
      return found;
    }

    @Override
    public LongWritable createKey() {
      return lines.createKey();
    }

    @Override
    public Text createValue() {
      return lines.createValue();
    }

    @Override
    public long getPos() throws IOException {
      return lines.getPos();
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }

    @Override
    public float getProgress() throws IOException {
      return lines.getProgress();
    }
  }
}
