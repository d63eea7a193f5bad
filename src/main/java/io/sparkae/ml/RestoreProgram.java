package io.sparkae.ml;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.objective.CodeSearch;
import io.sparkae.core.objective.SearchSettings;
import io.sparkae.core.train.RowProgram;
import io.sparkae.spark.BatchedRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vectors;

/**
 * What executors compute of a batch of rows with missing or distrusted features, and of rows that
 * have none.
 *
 * @param search for rows that miss something
 * @param cleaning for rows that miss nothing
 * @param distrusted features that count as missing
 * @param clean whether rows that miss nothing are restored, too
 * @param nearest whether the most probable row that was found is given, or the mean of all
 * @param seed of the draws
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RestoreProgram(
    SearchedCoder coder,
    Likeness likeness,
    SearchSettings search,
    SearchSettings cleaning,
    int[] distrusted,
    boolean clean,
    boolean nearest,
    boolean codes,
    boolean errors,
    boolean confidences,
    long seed)
    implements BatchedRows.Program {
  /** Points that are moved at a time. */
  private static final int SEARCHES = 512;

  @Override
  public BatchedRows.Batch open(float[] parameters, int capacity) {
    return new RestoredBatch(this, parameters, capacity);
  }

  private static final class RestoredBatch implements BatchedRows.Batch {
    private final RestoreProgram program;
    private final float[] parameters;
    private final int width;
    private final Minibatch minibatch;
    private final RowProgram encoding;
    private final RowProgram.Batch encoder;
    private final boolean[] isDistrusted;
    private final Restoration[] restored;
    private CodeSearch search; // made when it is first used
    private CodeSearch cleaning; // made when it is first used

    RestoredBatch(RestoreProgram program, float[] parameters, int capacity) {
      this.program = program;
      this.parameters = parameters;
      this.width = program.coder.decoder().features();
      this.minibatch =
          new Minibatch(List.of(ColumnSpec.dense(ColumnSpec.FEATURES, width)), capacity);
      this.encoding = program.coder.encoder().with(parameters);
      this.encoder = encoding.open(capacity);
      this.isDistrusted = new boolean[width];
      for (int feature : program.distrusted) {
        isDistrusted[feature] = true;
      }
      this.restored = new Restoration[capacity];
    }

    @Override
    public Minibatch minibatch() {
      return minibatch;
    }

    private float[] features() {
      return minibatch.column(0).values();
    }

    private boolean isKnown(int row, int feature) {
      return !isDistrusted[feature] && !Float.isNaN(features()[row * width + feature]);
    }

    private boolean missesSomething(int row) {
      return !IntStream.range(0, width).allMatch(feature -> isKnown(row, feature));
    }

    @Override
    public void run() {
      encode();
      int[] damaged = rows(this::missesSomething);
      int[] whole = rows(row -> !missesSomething(row));
      if (damaged.length > 0) {
        search = search == null ? open(program.search) : search;
        restore(search, damaged);
      }
      if (whole.length > 0) {
        cleaning = cleaning == null ? open(program.cleaning) : cleaning;
        restore(cleaning, whole);
      }
      for (int i = 0; i < whole.length && !program.clean; i++) {
        restored[whole[i]] = restored[whole[i]].certain();
      }
    }

    private int[] rows(IntPredicate kind) {
      return IntStream.range(0, minibatch.rows()).filter(kind).toArray();
    }

    private CodeSearch open(SearchSettings settings) {
      int capacity = Math.max(1, SEARCHES / settings.starts());
      Likeness likeness = program.likeness;
      return new CodeSearch(
          program.coder.decoder(),
          parameters,
          likeness.codes(),
          likeness.nats(),
          settings,
          capacity,
          program.seed);
    }

    /** Codes of the rows with the means of the features in place of what is missing. */
    private void encode() {
      float[] imputed = encoder.minibatch().column(0).values();
      double[] means = program.likeness.means();
      for (int row = 0; row < minibatch.rows(); row++) {
        for (int i = 0; i < width; i++) {
          int at = row * width + i;
          imputed[at] = isKnown(row, i) ? features()[at] : (float) means[i];
        }
        encoder.minibatch().rowIndices()[row] = minibatch.rowIndices()[row];
      }
      encoder.minibatch().setRows(minibatch.rows());
      encoder.run();
    }

    private void restore(CodeSearch searching, int[] rows) {
      int capacity = searching.minibatch().capacity();
      for (int from = 0; from < rows.length; from += capacity) {
        int count = Math.min(capacity, rows.length - from);
        for (int i = 0; i < count; i++) {
          put(searching, i, rows[from + i]);
        }
        searching.minibatch().setRows(count);
        searching.run();
        for (int i = 0; i < count; i++) {
          int row = rows[from + i];
          float[] given = Arrays.copyOfRange(features(), row * width, (row + 1) * width);
          for (int feature = 0; feature < width; feature++) {
            given[feature] = isDistrusted[feature] ? Float.NaN : given[feature];
          }
          restored[row] = Restoration.of(searching, i, given, program.likeness, program.nearest);
        }
      }
    }

    private void put(CodeSearch searching, int place, int row) {
      float[] values = searching.minibatch().column(ColumnSpec.FEATURES).values();
      float[] known = searching.minibatch().column(CodeSearch.KNOWN).values();
      for (int i = 0; i < width; i++) {
        boolean isKnown = isKnown(row, i);
        known[place * width + i] = isKnown ? 1 : 0;
        values[place * width + i] = isKnown ? features()[row * width + i] : 0;
      }
      searching.minibatch().rowIndices()[place] = minibatch.rowIndices()[row];
      searching.setStart(place, encoder.values(), row * encoding.width());
    }

    @Override
    public List<Object> outputs(int row) {
      Restoration result = restored[row];
      List<Object> outputs = new ArrayList<>(4);
      outputs.add(Vectors.dense(result.features()));
      if (program.codes) {
        outputs.add(Vectors.dense(result.code()));
      }
      if (program.errors) {
        outputs.add(result.error());
      }
      if (program.confidences) {
        outputs.add(result.confidence());
      }
      return outputs;
    }
  }
}
