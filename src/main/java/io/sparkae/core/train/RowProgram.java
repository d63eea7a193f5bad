package io.sparkae.core.train;

import io.sparkae.core.graph.Minibatch;
import java.io.Serializable;
import java.util.function.Supplier;

/** What is computed of each row by a trained layer, in batches. */
public interface RowProgram extends Serializable {
  /** Buffers of one thread. */
  interface Batch {
    /** {@return where the rows go: the column that is read, alone} */
    Minibatch minibatch();

    /** Runs the rows that the minibatch holds. */
    void run();

    /** {@return rows × width of the last run, row-major} */
    float[] values();
  }

  /**
   * {@return the batch of a runner that has buffers of its own}
   *
   * @param minibatch where the rows go
   * @param run runs them
   * @param values gives rows × width of the last run
   */
  static Batch batch(Minibatch minibatch, Runnable run, Supplier<float[]> values) {
    return new Batch() {
      @Override
      public Minibatch minibatch() {
        return minibatch;
      }

      @Override
      public void run() {
        run.run();
      }

      @Override
      public float[] values() {
        return values.get();
      }
    };
  }

  /** {@return numbers of a row that are read} */
  int inputs();

  /** {@return numbers that come out for each row} */
  int width();

  /**
   * {@return new buffers}
   *
   * @param capacity the most rows in a batch
   */
  Batch open(int capacity);
}
