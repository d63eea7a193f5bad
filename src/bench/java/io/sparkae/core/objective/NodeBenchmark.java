package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Initializer;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.linalg.Blas;
import io.sparkae.core.random.RandomStreams;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds for each row of the forward passes of nodes that are a thousand units wide. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NodeBenchmark {
  private static final int ROWS = 128;
  private static final int INPUTS = 784;
  private static final int UNITS = 1000;
  private static final int KEPT = 25;
  private static final String LABEL = "label";

  /** A minibatch of random rows behind a layer. */
  @State(Scope.Thread)
  public static class Layer {
    private final Minibatch minibatch =
        new Minibatch(
            List.of(ColumnSpec.dense(ColumnSpec.FEATURES, INPUTS), ColumnSpec.dense(LABEL, 1)),
            ROWS);
    private final Pass pass = new Pass(minibatch, new RandomStreams(1));
    private final Graph graph = new Graph(minibatch);
    private Node units;
    private SoftmaxLoss softmax;
    private KSparse kSparse;
    private float[] sums;
    private float[] inputs;
    private float[] weights;
    private final float[] products = new float[ROWS * UNITS];

    /** Numbers in [0, 1), labels among the units, random weights. */
    @Setup
    public void fill() {
      Random random = new Random(1);
      float[] values = minibatch.column(ColumnSpec.FEATURES).values();
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
      float[] labels = minibatch.column(LABEL).values();
      for (int row = 0; row < ROWS; row++) {
        labels[row] = random.nextInt(UNITS);
      }
      ParameterLayout layout = new ParameterLayout();
      ParameterSlice weight = layout.add("weight", INPUTS, UNITS, Initializer.XAVIER);
      ParameterSlice bias = layout.add("bias", 1, UNITS, Initializer.ZERO);
      units =
          graph.affine(graph.input(ColumnSpec.FEATURES), weight, false, bias, Activation.SIGMOID);
      softmax = new SoftmaxLoss(ROWS, units, minibatch.column(LABEL));
      kSparse = new KSparse(ROWS, units, KSparsity.of(KEPT));
      minibatch.setRows(ROWS);
      inputs = values;
      weights = layout.initialParameters(1);
      pass.set(weights, new double[0][], 0, 0);
      graph.forward(pass);
      sums = units.value().clone();
    }
  }

  /** Product, bias and sigmoid: 1.6 million operations a row in the product alone. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] affine(Layer layer) {
    layer.graph.forward(layer.pass);
    return layer.units.value();
  }

  /** That product alone, by the BLAS: what {@link #affine} can reach. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] product(Layer layer) {
    Blas.multiply(
        false,
        false,
        ROWS,
        UNITS,
        INPUTS,
        layer.inputs,
        0,
        INPUTS,
        layer.weights,
        0,
        UNITS,
        0f,
        layer.products,
        0,
        UNITS);
    return layer.products;
  }

  /** Probabilities, their loss and its gradient. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double softmax(Layer layer) {
    layer.softmax.forward(layer.pass);
    return layer.softmax.sum();
  }

  /** A copy, and the largest units of each row. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] kSparse(Layer layer) {
    float[] values = layer.units.value();
    System.arraycopy(layer.sums, 0, values, 0, values.length);
    layer.kSparse.forward(layer.pass);
    return values;
  }
}
