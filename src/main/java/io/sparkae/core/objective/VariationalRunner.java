package io.sparkae.core.objective;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Loss;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.random.RandomStreams;
import java.util.List;

/** A trained variational autoencoder at work on batches of rows. Used by one thread at a time. */
public final class VariationalRunner {
  private final VariationalSettings settings;
  private final Minibatch minibatch;
  private final Graph graph;
  private final Pass pass;
  private final Node rows;
  private final Node posterior;
  private final PosteriorSample sample;
  private final Node output;
  private final Loss loss;

  private VariationalRunner(
      VariationalSettings settings,
      Minibatch minibatch,
      Graph graph,
      Node rows,
      Node posterior,
      PosteriorSample sample,
      Node output,
      Loss loss,
      float[] parameters,
      long seed) {
    this.settings = settings;
    this.minibatch = minibatch;
    this.graph = graph;
    this.rows = rows;
    this.posterior = posterior;
    this.sample = sample;
    this.output = output;
    this.loss = loss;
    this.pass = new Pass(minibatch, new RandomStreams(seed));
    pass.setTraining(false);
    pass.set(parameters, new double[0][], 0, 0);
  }

  private static Minibatch minibatch(int width, int capacity) {
    return new Minibatch(List.of(ColumnSpec.dense(ColumnSpec.FEATURES, width)), capacity);
  }

  /**
   * From features to posteriors.
   *
   * @param network the layers
   * @param parameters flat vector of the network's layout; kept, not copied
   * @param capacity the most rows in a batch
   * @param seed of the draws that make features binary, keyed by the minibatch's row indices
   * @return a runner with buffers of its own
   */
  public static VariationalRunner posterior(
      VariationalNetwork network, float[] parameters, int capacity, long seed) {
    return encoder(network, parameters, capacity, false, seed);
  }

  /**
   * From features to posteriors and to one sample of each.
   *
   * @param network the layers
   * @param parameters flat vector of the network's layout; kept, not copied
   * @param capacity the most rows in a batch
   * @param seed of the draws, keyed by the minibatch's row indices
   * @return a runner with buffers of its own
   */
  public static VariationalRunner samples(
      VariationalNetwork network, float[] parameters, int capacity, long seed) {
    return encoder(network, parameters, capacity, true, seed);
  }

  private static VariationalRunner encoder(
      VariationalNetwork network, float[] parameters, int capacity, boolean draws, long seed) {
    VariationalSettings settings = network.settings();
    Minibatch minibatch = minibatch(network.inputs(), capacity);
    Graph graph = new Graph(minibatch);
    Node rows = settings.binarization().add(graph, graph.input(ColumnSpec.FEATURES));
    Node posterior = network.posterior(graph, rows);
    PosteriorSample sample =
        draws ? graph.add(new PosteriorSample(capacity, posterior, 1, false)) : null;
    return new VariationalRunner(
        settings, minibatch, graph, rows, posterior, sample, null, null, parameters, seed);
  }

  /**
   * From features to posteriors and to samples of them, and on to the samples' importance weights.
   *
   * @param network the layers
   * @param parameters flat vector of the network's layout; kept, not copied
   * @param capacity the most rows in a batch
   * @param samples samples of each row, at least 1
   * @param seed of the draws, keyed by the minibatch's row indices
   * @return a runner with buffers of its own
   */
  public static VariationalRunner weights(
      VariationalNetwork network, float[] parameters, int capacity, int samples, long seed) {
    VariationalSettings settings = network.settings();
    Minibatch minibatch = minibatch(network.inputs(), capacity);
    Graph graph = new Graph(minibatch);
    Node rows = settings.binarization().add(graph, graph.input(ColumnSpec.FEATURES));
    Node posterior = network.posterior(graph, rows);
    PosteriorSample sample = graph.add(new PosteriorSample(capacity, posterior, samples, true));
    Node output = network.decoderForLoss(graph, sample);
    Loss loss = graph.loss(settings.likelihood().loss(), output, rows);
    return new VariationalRunner(
        settings, minibatch, graph, rows, posterior, sample, output, loss, parameters, seed);
  }

  /**
   * From codes (the column {@link ColumnSpec#FEATURES} of the minibatch) to the means of features.
   *
   * @param network the layers
   * @param parameters flat vector of the network's layout; kept, not copied
   * @param capacity the most codes in a batch
   * @return a runner with buffers of its own
   */
  public static VariationalRunner decoder(
      VariationalNetwork network, float[] parameters, int capacity) {
    VariationalSettings settings = network.settings();
    Minibatch minibatch = minibatch(settings.codeSize(), capacity);
    Graph graph = new Graph(minibatch);
    Node codes = graph.input(ColumnSpec.FEATURES);
    Node output = network.decoder(graph, codes);
    return new VariationalRunner(
        settings, minibatch, graph, codes, null, null, output, null, parameters, 0);
  }

  /** {@return where the rows go} */
  public Minibatch minibatch() {
    return minibatch;
  }

  /**
   * Runs the rows that the minibatch holds.
   *
   * @param series which draws: the same number, the same draws
   */
  public void run(int series) {
    if (sample != null) {
      sample.setSeries(series);
    }
    graph.forward(pass);
  }

  /** {@return the rows of the last run as the model sees them, binarised where it is} */
  public float[] rows() {
    return rows.value();
  }

  /** {@return means, then log-variances of each row's posterior: rows × 2·code size} */
  public float[] posteriors() {
    return posterior.value();
  }

  /** {@return the samples of each row, one after the other: rows·samples × code size} */
  public float[] samples() {
    return sample.value();
  }

  /** {@return what the decoder makes of the codes or samples: the means of the features} */
  public float[] means() {
    return loss == null ? output.value() : loss.value();
  }

  /**
   * {@return log p(x|z) of a sample}
   *
   * @param row place of the row in the minibatch, from 0
   * @param k number of the sample, from 0
   */
  public double logLikelihood(int row, int k) {
    double deviation = settings.deviation();
    return -settings.likelihood().factor(deviation) * loss.rowLosses()[row * sample.samples() + k]
        - settings.likelihood().constant(deviation, output.width());
  }

  /**
   * {@return log p(x, z) − log q(z|x) of a sample}
   *
   * @param row place of the row in the minibatch, from 0
   * @param k number of the sample, from 0
   */
  public double logWeight(int row, int k) {
    return logLikelihood(row, k) + sample.logRatios()[row * sample.samples() + k];
  }

  /**
   * {@return KL(q(z|x)‖p(z)) of a row}
   *
   * @param row place of the row in the minibatch, from 0
   */
  public double kl(int row) {
    int width = settings.codeSize();
    float[] values = posterior.value();
    double sum = 0;
    for (int j = row * 2 * width; j < row * 2 * width + width; j++) {
      sum += divergence(values[j], values[j + width]);
    }
    return sum;
  }

  /**
   * {@return KL(N(μ, σ²)‖N(0, 1)) = (σ² + μ² − log σ² − 1) / 2}
   *
   * @param mean μ
   * @param logVariance log σ²
   */
  public static double divergence(double mean, double logVariance) {
    return 0.5 * (Math.exp(logVariance) + mean * mean - logVariance - 1);
  }
}
