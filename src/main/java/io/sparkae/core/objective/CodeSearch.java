package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Initializer;
import io.sparkae.core.graph.Loss;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.random.RandomStreams;
import java.util.Arrays;
import java.util.List;

/**
 * Searches for codes whose decoded rows are near the known features of given rows. Used by one
 * thread at a time.
 *
 * <p>From each of several starts, gradient steps minimise −log p(known features|u) + ½λ‖u − c‖²
 * over points u, of which the sums that the code's units take are made ({@link NormalCodes}), or
 * which are these: so codes stay in the range of their units. The first start is the point of the
 * encoder's code and its c is 0: it ends at the most probable point nearby. The others start at
 * draws from N(0, I), and c is the draw itself: what the known features say nothing of stays as it
 * was drawn, so that the ends differ where the row may have been this or that. They are no exact
 * sample of that: the known features are not perturbed. Steps are Adam's, whose size falls along a
 * cosine; of every search the best point counts that it came by.
 */
public final class CodeSearch {
  /**
   * Column of the minibatch: 1 for a feature that is known, 0 for another, whose value is then 0.
   */
  public static final String KNOWN = "known";

  private static final float FIRST_DECAY = 0.9f;
  private static final float SECOND_DECAY = 0.99f;
  private static final float TINY = 1e-8f;

  private final SearchSettings settings;
  private final FixedDecoder decoder;
  private final NormalCodes codes;
  private final float nats;
  private final Minibatch minibatch;
  private final Pass pass;
  private final Graph graph;
  private final SearchPoints points;
  private final Node code;
  private final KnownFeatures known;
  private final Loss loss;
  private final float[] centres;
  private final float[] best;
  private final Direction none = new Direction(0);
  private final double[] losses;
  private final double[] objectives;
  private final float[] firstMoments;
  private final float[] secondMoments;

  /**
   * A search with buffers of its own.
   *
   * @param decoder of a trained net
   * @param parameters of that net
   * @param codes what codes are like; null if they are like N(0, I)
   * @param nats what a unit of the decoder's loss is of −log p(x|z), positive
   * @param settings how to search
   * @param capacity the most rows in a batch
   * @param seed of the draws, keyed by the minibatch's row indices
   */
  public CodeSearch(
      FixedDecoder decoder,
      float[] parameters,
      NormalCodes codes,
      double nats,
      SearchSettings settings,
      int capacity,
      long seed) {
    this.settings = settings;
    this.decoder = decoder;
    this.codes = codes;
    this.nats = (float) nats;
    int features = decoder.features();
    int size = decoder.codeSize();
    minibatch =
        new Minibatch(
            List.of(
                ColumnSpec.dense(ColumnSpec.FEATURES, features), ColumnSpec.dense(KNOWN, features)),
            capacity);
    graph = new Graph(minibatch);
    points = graph.add(new SearchPoints(capacity, size, settings.starts()));
    Node sums = codes == null ? points : codes(parameters.length);
    code = decoder.code().add(graph, sums);
    Node outputs = decoder.layers().add(graph, code);
    known =
        graph.add(new KnownFeatures(capacity, outputs, minibatch.column(KNOWN), decoder.loss()));
    loss = graph.loss(decoder.loss(), known, ColumnSpec.FEATURES);
    pass = new Pass(minibatch, new RandomStreams(seed));
    pass.setTraining(false);
    pass.set(codes == null ? parameters : codes.behind(parameters), new double[0][], 0, 0);
    int elements = points.value().length;
    centres = new float[elements];
    best = new float[elements];
    firstMoments = new float[elements];
    secondMoments = new float[elements];
    losses = new double[capacity * settings.starts()];
    objectives = new double[capacity * settings.starts()];
  }

  /** z = μ + u·A, with parameters behind those of the net. */
  private Node codes(int offset) {
    int size = codes.size();
    ParameterSlice axes = new ParameterSlice("axes", size, size, offset, Initializer.ZERO);
    ParameterSlice mean = new ParameterSlice("mean", 1, size, axes.end(), Initializer.ZERO);
    return graph.fixedAffine(points, axes, false, mean, Activation.LINEAR);
  }

  /**
   * {@return where the rows go: the columns {@link ColumnSpec#FEATURES}, 0 where nothing is known,
   * and {@link #KNOWN}; and what their draws are keyed by}
   */
  public Minibatch minibatch() {
    return minibatch;
  }

  /** {@return numbers of a code} */
  public int codeSize() {
    return points.width();
  }

  /** {@return searches for each row} */
  public int starts() {
    return settings.starts();
  }

  /**
   * Sets where the first search of a row begins.
   *
   * @param row place of the row in the minibatch, from 0
   * @param code holds the sums that the units of the encoder's code take
   * @param offset where it begins
   */
  public void setStart(int row, float[] code, int offset) {
    int at = row * starts() * points.width();
    if (codes == null) {
      System.arraycopy(code, offset, points.value(), at, points.width());
    } else {
      codes.pointInto(code, offset, points.value(), at);
    }
  }

  /** Searches for the rows that the minibatch holds. */
  public void run() {
    begin();
    known.setOpen(false);
    for (int step = 0; step <= settings.steps(); step++) {
      graph.forward(pass);
      keepBest();
      if (step < settings.steps()) {
        descend(step);
      }
    }
    int elements = rows() * points.width();
    System.arraycopy(best, 0, points.value(), 0, elements);
    known.setOpen(true); // the means of all features are wanted
    graph.forward(pass);
  }

  private int rows() {
    return minibatch.rows() * starts();
  }

  private void begin() {
    int width = points.width();
    if (decoder.loss() == LossKind.CROSS_ENTROPY) {
      clip(minibatch.column(ColumnSpec.FEATURES).values(), minibatch.rows() * decoder.features());
    }
    for (int row = 0; row < rows(); row++) {
      int start = row % starts();
      if (start == 0) {
        Arrays.fill(centres, row * width, (row + 1) * width, 0f);
      } else {
        long key = minibatch.rowIndices()[row / starts()];
        pass.random().normal(Sites.SEARCH, start, key, centres, row * width, width);
        System.arraycopy(centres, row * width, points.value(), row * width, width);
      }
    }
    System.arraycopy(points.value(), 0, best, 0, rows() * width);
    Arrays.fill(losses, 0, rows(), Double.POSITIVE_INFINITY);
    Arrays.fill(objectives, 0, rows(), Double.POSITIVE_INFINITY);
    Arrays.fill(firstMoments, 0, rows() * width, 0f);
    Arrays.fill(secondMoments, 0, rows() * width, 0f);
  }

  /** Noise may have brought features out of the range of probabilities. */
  private static void clip(float[] values, int length) {
    for (int i = 0; i < length; i++) {
      values[i] = Math.max(0, Math.min(1, values[i]));
    }
  }

  private void keepBest() {
    int width = points.width();
    for (int row = 0; row < rows(); row++) {
      double value = nats * loss.rowLosses()[row];
      double objective = value + settings.priorWeight() * pull(points.value(), centres, row);
      if (objective < objectives[row]) {
        objectives[row] = objective;
        losses[row] = value;
        System.arraycopy(points.value(), row * width, best, row * width, width);
      }
    }
  }

  /** ½‖u − c‖². */
  private double pull(float[] values, float[] towards, int row) {
    double sum = 0;
    for (int i = row * points.width(); i < (row + 1) * points.width(); i++) {
      double difference = (double) values[i] - towards[i];
      sum += difference * difference;
    }
    return sum / 2;
  }

  private void descend(int step) {
    graph.backward(pass, none);
    gradient();
    float firstScale = (float) (1 / (1 - Math.pow(FIRST_DECAY, step + 1)));
    float secondScale = (float) (1 / (1 - Math.pow(SECOND_DECAY, step + 1)));
    double progress = (double) step / settings.steps();
    float size = (float) (settings.stepSize() * (1 + Math.cos(Math.PI * progress)) / 2);
    float[] u = points.value();
    float[] g = points.gradient();
    for (int i = 0; i < rows() * points.width(); i++) {
      firstMoments[i] = FIRST_DECAY * firstMoments[i] + (1 - FIRST_DECAY) * g[i];
      secondMoments[i] = SECOND_DECAY * secondMoments[i] + (1 - SECOND_DECAY) * g[i] * g[i];
      float length = (float) Math.sqrt(secondMoments[i] * secondScale) + TINY;
      u[i] -= size * firstMoments[i] * firstScale / length;
    }
  }

  /** Makes the loss's gradient that of the objective: nats·∂loss/∂u + λ(u − c). */
  private void gradient() {
    float[] u = points.value();
    float[] g = points.gradient();
    float weight = (float) settings.priorWeight();
    for (int i = 0; i < rows() * points.width(); i++) {
      g[i] = nats * g[i] + weight * (u[i] - centres[i]);
    }
  }

  /**
   * {@return the rows that the searches ended at: rows·starts × features}
   *
   * <p>Of rows whose features are logits in the loss these are the probabilities.
   */
  public float[] means() {
    return loss.value();
  }

  /**
   * {@return −log p(known features|z), up to a constant, where a search ended}
   *
   * @param row place of the row in the minibatch, from 0
   * @param start number of the search, from 0
   */
  public double loss(int row, int start) {
    return losses[row * starts() + start];
  }

  /**
   * {@return −log p(known features, z), up to a constant, where a search ended, whatever it was
   * pulled to}
   *
   * @param row place of the row in the minibatch, from 0
   * @param start number of the search, from 0
   */
  public double energy(int row, int start) {
    double square = 0;
    int at = (row * starts() + start) * points.width();
    for (int i = at; i < at + points.width(); i++) {
      square += (double) best[i] * best[i];
    }
    return loss(row, start) + settings.priorWeight() * square / 2;
  }

  /**
   * Writes the code that a search ended at.
   *
   * @param row place of the row in the minibatch, from 0
   * @param start number of the search, from 0
   * @param target gets it, from index 0 on
   */
  public void codeInto(int row, int start, float[] target) {
    int at = (row * starts() + start) * points.width();
    System.arraycopy(code.value(), at, target, 0, points.width());
  }

  /** The objective's value of a search, and its gradient at a point: for tests. */
  double slopeAt(float[] at, float[] towards, float[] gradient) {
    System.arraycopy(at, 0, points.value(), 0, at.length);
    System.arraycopy(towards, 0, centres, 0, at.length);
    known.setOpen(false);
    graph.forward(pass);
    double sum = 0;
    for (int row = 0; row < rows(); row++) {
      sum += nats * loss.rowLosses()[row];
      sum += settings.priorWeight() * pull(points.value(), centres, row);
    }
    graph.backward(pass, none);
    gradient();
    System.arraycopy(points.gradient(), 0, gradient, 0, gradient.length);
    return sum;
  }
}
