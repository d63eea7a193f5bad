package io.sparkae.core.train;

import io.sparkae.core.checkpoint.CheckpointInput;
import io.sparkae.core.checkpoint.CheckpointOutput;
import io.sparkae.core.checkpoint.Fingerprint;
import io.sparkae.core.optimize.FullBatchOptimizer.Evaluation;
import io.sparkae.core.optimize.FullBatchOptimizer.Memory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * All that a training carries from one round to the next. Arrays are those of the training itself,
 * not copies.
 *
 * @param training what is trained on what, and how
 * @param machine what it is computed with, which may change its last bits
 * @param state parameters, optimizer's vectors, statistics and steps
 * @param position where in which epoch it is, and the epochs before
 * @param best the model of the epoch with the least validation loss; of no parameters if there is
 *     none
 */
record Snapshot(Fingerprint training, String machine, State state, Position position, Best best) {
  /** See {@link RoundState}. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record State(float[] parameters, List<float[]> optimizer, List<double[]> statistics, long step) {
    private void write(CheckpointOutput out) throws IOException {
      out.putFloats(parameters);
      out.putList(optimizer, (vector, to) -> to.putFloats(vector));
      out.putList(statistics, (vector, to) -> to.putDoubles(vector));
      out.putLong(step);
    }

    private static State read(CheckpointInput in) throws IOException {
      return new State(
          in.getFloats(),
          in.getList(CheckpointInput::getFloats),
          in.getList(CheckpointInput::getDoubles),
          in.getLong());
    }
  }

  /**
   * See {@link TrainingPosition}.
   *
   * @param losses summed over the epoch so far
   * @param weights the same
   * @param statistics the same
   * @param memory of the optimizer of a training that takes all rows in each step and has not ended
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Position(
      int step,
      long rows,
      double seconds,
      double[] losses,
      List<double[]> weights,
      List<double[]> statistics,
      List<TrainingResult.Epoch> epochs,
      Optional<Memory> memory) {
    private void write(CheckpointOutput out) throws IOException {
      out.putInt(step);
      out.putLong(rows);
      out.putDouble(seconds);
      out.putDoubles(losses);
      out.putList(weights, (vector, to) -> to.putDoubles(vector));
      out.putList(statistics, (vector, to) -> to.putDoubles(vector));
      out.putList(epochs, Snapshot::write);
      out.putList(memory.stream().toList(), Snapshot::write);
    }

    private static Position read(CheckpointInput in) throws IOException {
      return new Position(
          in.getInt(),
          in.getLong(),
          in.getDouble(),
          in.getDoubles(),
          in.getList(CheckpointInput::getDoubles),
          in.getList(CheckpointInput::getDoubles),
          in.getList(Snapshot::readEpoch),
          in.getList(Snapshot::readMemory).stream().findFirst());
    }
  }

  /** See {@link BestModel}. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Best(float[] parameters, List<double[]> statistics, int epoch, double loss) {
    private void write(CheckpointOutput out) throws IOException {
      out.putFloats(parameters);
      out.putList(statistics, (vector, to) -> to.putDoubles(vector));
      out.putInt(epoch);
      out.putDouble(loss);
    }

    private static Best read(CheckpointInput in) throws IOException {
      return new Best(
          in.getFloats(), in.getList(CheckpointInput::getDoubles), in.getInt(), in.getDouble());
    }
  }

  /** What is left of it when its training has ended: nobody makes another step. */
  Snapshot ended() {
    State last = new State(state.parameters, List.of(), state.statistics, state.step);
    return new Snapshot(training, machine, last, position, best);
  }

  void write(CheckpointOutput out) throws IOException {
    out.putMap(training.entries(), (text, to) -> to.putText(text));
    out.putText(machine);
    state.write(out);
    position.write(out);
    best.write(out);
  }

  static Snapshot read(CheckpointInput in) throws IOException {
    return new Snapshot(
        new Fingerprint(in.getMap(CheckpointInput::getText)),
        in.getText(),
        State.read(in),
        Position.read(in),
        Best.read(in));
  }

  private static void write(TrainingResult.Epoch epoch, CheckpointOutput out) throws IOException {
    write(epoch.losses(), out);
    write(epoch.validation(), out);
    out.putMap(epoch.statistics(), (values, to) -> to.putDoubles(values));
    out.putDouble(epoch.stepSize());
    out.putLong(epoch.rows());
    out.putDouble(epoch.seconds());
  }

  private static TrainingResult.Epoch readEpoch(CheckpointInput in) throws IOException {
    return new TrainingResult.Epoch(
        readLosses(in),
        readLosses(in),
        in.getMap(CheckpointInput::getDoubles),
        in.getDouble(),
        in.getLong(),
        in.getDouble());
  }

  private static void write(Memory memory, CheckpointOutput out) throws IOException {
    out.putInt(memory.iteration());
    out.putDoubles(memory.point());
    out.putDouble(memory.here().value());
    out.putDoubles(memory.here().gradient());
    out.putDoubles(memory.values());
    out.putDoubles(memory.numbers());
    out.putList(memory.vectors(), (vector, to) -> to.putDoubles(vector));
  }

  private static Memory readMemory(CheckpointInput in) throws IOException {
    return new Memory(
        in.getInt(),
        in.getDoubles(),
        new Evaluation(in.getDouble(), in.getDoubles()),
        in.getDoubles(),
        in.getDoubles(),
        in.getList(CheckpointInput::getDoubles));
  }

  private static void write(MeanLosses losses, CheckpointOutput out) throws IOException {
    out.putDouble(losses.loss());
    out.putMap(losses.parts(), (loss, to) -> to.putDouble(loss));
    out.putMap(losses.opponents(), (loss, to) -> to.putDouble(loss));
  }

  private static MeanLosses readLosses(CheckpointInput in) throws IOException {
    return new MeanLosses(
        in.getDouble(),
        in.getMap(CheckpointInput::getDouble),
        in.getMap(CheckpointInput::getDouble));
  }
}
