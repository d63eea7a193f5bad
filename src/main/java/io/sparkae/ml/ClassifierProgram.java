package io.sparkae.ml;

import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.objective.ClassifierNetwork;
import io.sparkae.core.objective.ClassifierRunner;
import io.sparkae.spark.BatchedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vectors;

/** What executors compute for a batch of rows: those of logits, probabilities and class named. */
record ClassifierProgram(
    ClassifierNetwork network, boolean raw, boolean probabilities, boolean predictions)
    implements BatchedRows.Program {
  @Override
  public BatchedRows.Batch open(float[] parameters, int capacity) {
    return new RunnerBatch(this, new ClassifierRunner(network, parameters, false, capacity));
  }

  @Override
  public Optional<BatchedRows.Batch> openSparse(float[] parameters, int capacity) {
    return Optional.of(
        new RunnerBatch(this, new ClassifierRunner(network, parameters, true, capacity)));
  }

  private record RunnerBatch(ClassifierProgram program, ClassifierRunner runner)
      implements BatchedRows.Batch {
    @Override
    public Minibatch minibatch() {
      return runner.minibatch();
    }

    @Override
    public void run() {
      runner.run();
    }

    @Override
    public List<Object> outputs(int row) {
      List<Object> outputs = new ArrayList<>(3);
      double[] logits = new double[program.network.settings().classes()];
      runner.logits(row, logits);
      if (program.raw) {
        outputs.add(Vectors.dense(logits.clone()));
      }
      double predicted = Vectors.dense(logits).argmax();
      if (program.probabilities) {
        runner.toProbabilities(logits);
        outputs.add(Vectors.dense(logits));
      }
      if (program.predictions) {
        outputs.add(predicted);
      }
      return outputs;
    }
  }
}
