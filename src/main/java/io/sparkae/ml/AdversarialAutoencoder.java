package io.sparkae.ml;

import io.sparkae.core.objective.AdversarialNetwork;
import io.sparkae.core.objective.AdversarialObjective;
import io.sparkae.core.objective.Prior;
import io.sparkae.core.objective.SamplePrior;
import io.sparkae.core.objective.StandardPrior;
import io.sparkae.spark.InputColumn;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * An autoencoder whose codes are to have a given distribution: a discriminator learns to tell them
 * from draws of that distribution, and the encoder to deceive it, while encoder and decoder
 * minimise the loss of an autoencoder, with all its options. With a column of classes, the
 * discriminator is told the class of each row, and each part of the distribution becomes a class's.
 * Source: Makhzani et al. 2015.
 */
public final class AdversarialAutoencoder
    extends NetworkEstimator<AdversarialAutoencoder, AdversarialAutoencoderModel>
    implements AdversarialAutoencoderParams,
        ColumnSetters<AdversarialAutoencoder>,
        NetworkSetters<AdversarialAutoencoder>,
        GameSetters<AdversarialAutoencoder>,
        AdversarialSetters<AdversarialAutoencoder>,
        TrainingSetters<AdversarialAutoencoder>,
        ValidationSetters<AdversarialAutoencoder> {
  private static final long serialVersionUID = 1L;

  private final AdversarialHolders holders;
  private transient Dataset<?> priorTable; // null if it is named by its folder

  /** With a random uid. */
  public AdversarialAutoencoder() {
    this(Identifiable.randomUID("adversarialAutoencoder"));
  }

  /**
   * With the given uid.
   *
   * @param uid name of the stage, different from every other
   */
  public AdversarialAutoencoder(String uid) {
    super(uid);
    this.holders = new AdversarialHolders(this);
    holders.setDefaults(this);
  }

  @Override
  public AdversarialHolders adversarialHolders() {
    return holders;
  }

  /**
   * Sets the samples of prior {@code samples}, instead of the folder of a table.
   *
   * @param value has one column of vectors
   * @return this
   */
  public AdversarialAutoencoder setPriorTable(Dataset<?> value) {
    this.priorTable = value;
    return this;
  }

  private Prior knownPrior(Dataset<?> data) {
    if (standardPrior().isPresent()) {
      return standardPrior().get();
    }
    return priorTable != null
        ? PriorSamples.read(priorTable)
        : PriorSamples.read(data.sparkSession(), getPriorSamples());
  }

  @Override
  AdversarialObjective objective(int width, boolean sparse) {
    return objective(width, sparse, standardPrior().orElse(StandardPrior.GAUSSIAN), 0);
  }

  private AdversarialObjective objective(int width, boolean sparse, Prior known, int classes) {
    AdversarialNetwork network = new AdversarialNetwork(width, adversarialSettings(known, classes));
    return new AdversarialObjective(network, sparse);
  }

  @Override
  InputColumn ranged(InputColumn features) {
    return Features.inRange(features, autoencoderSettings().loss());
  }

  @Override
  Task task(Dataset<?> data, InputColumn features) {
    Prior known = knownPrior(data);
    int width = features.spec().width();
    boolean sparse = features.spec().sparse();
    if (getLabelCol() == null) {
      return new Task(objective(width, sparse, known, 0), data, List.of(features));
    }
    int classes = ClassLabels.count(data, getLabelCol(), getNumClasses());
    return new Task(
        objective(width, sparse, known, classes),
        ClassLabels.withUnknown(data, getLabelCol()),
        List.of(features, ClassLabels.columnWithUnknown(getLabelCol(), classes)));
  }

  @Override
  void refuseIdle() {
    boolean fromSamples = standardPrior().isEmpty();
    IdleParams.refuseUnless(
        fromSamples, this, List.of(priorSamples()), "prior is " + getPrior(), "prior to samples");
    IdleParams.refuseUnless(
        getLabelCol() != null, this, List.of(numClasses()), "labelCol is not named", "labelCol");
    if (fromSamples && (priorTable == null) == (getPriorSamples() == null)) {
      throw new IllegalArgumentException(
          priorTable == null
              ? "priorSamples is missing, which prior samples needs: name the folder of a table (in"
                  + " Java setPriorTable does, too)"
              : "priorSamples "
                  + getPriorSamples()
                  + " and the table that was set exclude each other: set one of them");
    }
    if (!fromSamples && priorTable != null) {
      throw new IllegalArgumentException(
          "the table of samples does nothing while prior is "
              + getPrior()
              + ": leave it out, or set prior to samples");
    }
    IdleParams.refuseOptionsOf((AutoencoderParams) this);
    IdleParams.refuseOptionsOf((GameParams) this);
  }

  @Override
  StructType outputs(StructType schema) {
    if (getLabelCol() != null) {
      ClassLabels.check(schema, getLabelCol());
    }
    return OutputSchema.of(this, schema, getCodeSize());
  }

  @Override
  TrainedModelReader.Maker<AdversarialAutoencoderModel> maker() {
    return AdversarialAutoencoderModel::new;
  }

  @Override
  Map<String, String> identity(Task task) {
    AdversarialObjective objective = (AdversarialObjective) task.objective();
    return objective.prior() instanceof SamplePrior known
        ? Map.of("prior samples of checksum", StageFingerprint.checksum(known.samples()))
        : Map.of();
  }

  @Override
  void complete(AdversarialAutoencoderModel model, Task task) {
    AdversarialObjective objective = (AdversarialObjective) task.objective();
    model.setClasses(objective.classes());
    if (objective.prior() instanceof SamplePrior samples) {
      model.setSamples(samples);
    }
  }

  @Override
  public AdversarialAutoencoder copy(ParamMap extra) {
    return super.copy(extra).setPriorTable(priorTable);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the samples of the prior have no folder
   */
  @Override
  public MLWriter write() {
    if (priorTable != null) {
      throw new IllegalArgumentException(
          "the samples of the prior were set as a table: save it, and name its folder by"
              + " priorSamples, to save the settings");
    }
    return super.write();
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<AdversarialAutoencoder> read() {
    return new StageReader<>(AdversarialAutoencoder.class, AdversarialAutoencoder::new);
  }

  /**
   * Reads an estimator from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static AdversarialAutoencoder load(String path) {
    return read().load(path);
  }
}
