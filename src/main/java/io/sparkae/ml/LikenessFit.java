package io.sparkae.ml;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.objective.CodeSearch;
import io.sparkae.core.objective.NormalCodes;
import io.sparkae.core.objective.SearchSettings;
import io.sparkae.core.train.RowProgram;
import io.sparkae.spark.DenseRows;
import io.sparkae.spark.FeatureMoments;
import io.sparkae.spark.HandleInvalid;
import io.sparkae.spark.InputColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sees what the rows of a table and their codes are like. */
final class LikenessFit {
  /** Rows whose codes are looked at, at most, chosen by what is in them. */
  private static final int MOST_ROWS = 10_000;

  /** Numbers of these rows, at most. */
  private static final long MOST_NUMBERS = 1L << 24;

  private static final long DRAWN_ROWS = 4096;
  private static final long DRAWN_SEED = 1;
  private static final int BATCH_ROWS = 256;
  private static final SearchSettings NO_SEARCH = new SearchSettings(1, 0, 1, 0);

  private final SearchedCoder coder;
  private final float[] parameters;
  private final FeatureMoments moments;
  private final List<float[]> rows;
  private final List<float[]> codes = new ArrayList<>();
  private final double[] residuals;
  private final Spread losses = new Spread();
  private final Spread errors = new Spread();

  private LikenessFit(
      SearchedCoder coder, float[] parameters, FeatureMoments moments, List<float[]> rows) {
    this.coder = coder;
    this.parameters = parameters;
    this.moments = moments;
    this.rows = rows;
    this.residuals = new double[coder.decoder().features()];
  }

  /**
   * Looks at a table, or, if no row of it knows some feature, at rows that the model draws.
   *
   * @param input what to read; NaN is what is missing
   * @throws IllegalArgumentException if the table has no rows, or a feature that no row knows and
   *     the model cannot draw any
   */
  static Likeness of(
      Dataset<?> table, InputColumn input, HandleInvalid handleInvalid, CodingNetwork<?> model) {
    SearchedCoder coder = model.coder();
    FeatureMoments moments = FeatureMoments.of(table, input, handleInvalid);
    if (moments.rows() == 0) {
      throw new IllegalArgumentException("the table that rows should be like has no rows");
    }
    int unknown = moments.firstWithoutValue();
    if (unknown >= 0 && model instanceof GenerativeModel generative) {
      Dataset<Row> drawn = generative.sample(table.sparkSession(), DRAWN_ROWS, DRAWN_SEED);
      return of(drawn, InputColumn.of(ColumnSpec.FEATURES, input.spec()), handleInvalid, model);
    } else if (unknown >= 0) {
      throw new IllegalArgumentException(
          "no row of the table knows feature "
              + unknown
              + ": name a table of rows as they should be");
    }
    List<float[]> sample =
        DenseRows.collect(
            sample(table, moments.rows(), coder.decoder().features()), input, handleInvalid);
    return new LikenessFit(coder, model.weights(), moments, sample).fit();
  }

  /** Some of the rows: those with the least hashes. */
  private static Dataset<Row> sample(Dataset<?> table, long rows, int width) {
    int most = (int) Math.max(1, Math.min(MOST_ROWS, MOST_NUMBERS / width));
    return rows <= most
        ? table.toDF()
        : RowKey.drop(RowKey.add(table).orderBy(RowKey.COLUMN).limit(most));
  }

  private Likeness fit() {
    encode();
    double nats = coder.decoder().nats(losses.mean(), losses.variance());
    return new Likeness(
        moments.means(),
        moments.variances(),
        residuals,
        errors.mean() > 0 ? 1 + 2 * Math.sqrt(errors.variance()) / errors.mean() : 1,
        nats,
        coder.normalCodes() ? null : normalCodes());
  }

  /** Codes of all rows of the sample, and how far their decoded rows are from them. */
  private void encode() {
    float[] means = new float[residuals.length];
    double[] all = moments.means();
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) all[i];
    }
    RowProgram program = coder.encoder().with(parameters);
    RowProgram.Batch encoder = program.open(BATCH_ROWS);
    CodeSearch decoder =
        new CodeSearch(coder.decoder(), parameters, null, 1, NO_SEARCH, BATCH_ROWS, 0);
    double[] known = new double[residuals.length];
    for (int from = 0; from < rows.size(); from += BATCH_ROWS) {
      int count = Math.min(BATCH_ROWS, rows.size() - from);
      fill(encoder.minibatch(), decoder.minibatch(), from, count, means);
      encoder.run();
      for (int row = 0; row < count; row++) {
        int at = row * program.width();
        decoder.setStart(row, encoder.values(), at);
        codes.add(Arrays.copyOfRange(encoder.values(), at, at + coder.decoder().codeSize()));
      }
      decoder.run();
      for (int row = 0; row < count; row++) {
        float[] features = rows.get(from + row);
        double least = coder.decoder().leastLoss(features);
        addErrors(features, decoder.loss(row, 0) - least, decoder.means(), row, known);
      }
    }
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] = known[i] == 0 ? moments.variances()[i] : residuals[i] / known[i];
    }
  }

  private void fill(Minibatch encoder, Minibatch decoder, int from, int count, float[] means) {
    int width = means.length;
    float[] mask = decoder.column(CodeSearch.KNOWN).values();
    float[] values = decoder.column(ColumnSpec.FEATURES).values();
    float[] imputed = encoder.column(0).values();
    for (int row = 0; row < count; row++) {
      float[] features = rows.get(from + row);
      for (int i = 0; i < width; i++) {
        boolean isKnown = !Float.isNaN(features[i]);
        mask[row * width + i] = isKnown ? 1 : 0;
        values[row * width + i] = isKnown ? features[i] : 0;
        imputed[row * width + i] = isKnown ? features[i] : means[i];
      }
      encoder.rowIndices()[row] = from + row;
    }
    encoder.setRows(count);
    decoder.setRows(count);
  }

  /** Of a row, as if all of its features were known. */
  private void addErrors(float[] row, double loss, float[] decoded, int place, double[] known) {
    double error = 0;
    int count = 0;
    for (int i = 0; i < row.length; i++) {
      if (!Float.isNaN(row[i])) {
        double difference = (double) row[i] - decoded[place * row.length + i];
        residuals[i] += difference * difference;
        error += difference * difference;
        known[i]++;
        count++;
      }
    }
    if (count > 0) {
      losses.add(loss / count * row.length);
      errors.add(error / count * row.length);
    }
  }

  /** Of rows that miss nothing, if there are twice as many as a code has numbers; else of all. */
  private NormalCodes normalCodes() {
    List<float[]> whole = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      if (isWhole(rows.get(row))) {
        whole.add(codes.get(row));
      }
    }
    return CodeMoments.of(whole.size() < 2 * coder.decoder().codeSize() ? codes : whole)
        .normalCodes();
  }

  private static boolean isWhole(float[] row) {
    for (float value : row) {
      if (Float.isNaN(value)) {
        return false;
      }
    }
    return true;
  }

  /** Mean and variance of numbers, one after the other. */
  private static final class Spread {
    private long count;
    private double mean;
    private double squares;

    void add(double number) {
      count++;
      double difference = number - mean;
      mean += difference / count;
      squares += difference * (number - mean);
    }

    double mean() {
      return mean;
    }

    double variance() {
      return count < 2 ? 0 : squares / (count - 1);
    }
  }
}
