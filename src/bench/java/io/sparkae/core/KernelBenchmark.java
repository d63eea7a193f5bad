package io.sparkae.core;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.linalg.Elementary;
import io.sparkae.core.optimize.Optimizer;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.random.RandomStreams;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds for each element of the loops beside the matrix products. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KernelBenchmark {
  private static final int LENGTH = 1000;

  /** The arrays that an activation or a loss works on. */
  @State(Scope.Thread)
  public static class Rows {
    private final float[] source = new float[LENGTH];
    private final float[] targets = new float[LENGTH];
    private final float[] values = new float[LENGTH];
    private final float[] probabilities = new float[LENGTH];
    private final float[] delta = new float[LENGTH];
    private final RandomStreams random = new RandomStreams(1);

    /** Arguments in ±5, targets in [0, 1]. */
    @Setup
    public void fill() {
      for (int i = 0; i < LENGTH; i++) {
        source[i] = (i - 500) / 100f;
        targets[i] = i / 1000f;
        delta[i] = 1f;
      }
    }
  }

  /** The activation. */
  @State(Scope.Thread)
  public static class Function {
    /** Its name. */
    @Param({"SIGMOID", "TANH", "RELU", "LEAKY_RELU", "ELU", "SOFTPLUS"})
    public Activation activation;
  }

  /** The parameters that an optimizer steps. */
  @State(Scope.Thread)
  public static class Parameters {
    private final float[] parameters = new float[LENGTH];
    private final float[] direction = new float[LENGTH];
    private final float[][] state = new float[2][LENGTH];
    private Optimizer optimizer;
    private long step;

    /** The rule. */
    @Param({"SGD", "MOMENTUM", "NESTEROV", "ADAGRAD", "ADAM"})
    public OptimizerSettings.Kind rule;

    /** A direction that is nowhere zero. */
    @Setup
    public void fill() {
      optimizer = OptimizerSettings.DEFAULT.withKind(rule).create();
      for (int i = 0; i < LENGTH; i++) {
        direction[i] = (i + 1) / 1000f;
      }
    }
  }

  /** A copy and an activation. */
  @Benchmark
  @OperationsPerInvocation(LENGTH)
  public float[] activationForward(Rows rows, Function function) {
    System.arraycopy(rows.source, 0, rows.values, 0, LENGTH);
    function.activation.forward(rows.values, 0, LENGTH);
    return rows.values;
  }

  /** A copy and an activation's derivative. */
  @Benchmark
  @OperationsPerInvocation(LENGTH)
  public float[] activationBackward(Rows rows, Function function) {
    System.arraycopy(rows.source, 0, rows.delta, 0, LENGTH);
    function.activation.backward(rows.targets, rows.delta, 0, LENGTH);
    return rows.delta;
  }

  /** Sigmoid, cross-entropy and their gradient in one. */
  @Benchmark
  @OperationsPerInvocation(LENGTH)
  public double sigmoidCrossEntropy(Rows rows) {
    return Elementary.sigmoidCrossEntropy(
        rows.source, rows.targets, rows.probabilities, rows.delta, 0, LENGTH);
  }

  /** Random numbers in [0, 1). */
  @Benchmark
  @OperationsPerInvocation(LENGTH)
  public float[] uniform(Rows rows) {
    rows.random.uniform(RandomStreams.FIRST_FREE, 0, 1, rows.values, 0, LENGTH);
    return rows.values;
  }

  /** Standard normal numbers. */
  @Benchmark
  @OperationsPerInvocation(LENGTH)
  public float[] normal(Rows rows) {
    rows.random.normal(RandomStreams.FIRST_FREE, 0, 1, rows.values, 0, LENGTH);
    return rows.values;
  }

  /** One optimizer step. */
  @Benchmark
  @OperationsPerInvocation(LENGTH)
  public float[] optimizerStep(Parameters p) {
    p.optimizer.step(p.parameters, p.state, p.direction, 0, LENGTH, 1e-6f, p.step++);
    return p.parameters;
  }
}
