package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.data.SavedStageException;
import io.sparkae.data.StageMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;

/**
 * The trained models of this library by the names that their folders give them: a folder that names
 * anything else is refused before that is loaded.
 */
public final class SavedModels {
  private record Kind(Class<?> type, Function<String, Model<?>> loader) {}

  private static final Map<String, Kind> KINDS =
      Stream.of(
              new Kind(AutoencoderModel.class, AutoencoderModel::load),
              new Kind(VariationalAutoencoderModel.class, VariationalAutoencoderModel::load),
              new Kind(AdversarialAutoencoderModel.class, AdversarialAutoencoderModel::load),
              new Kind(
                  RestrictedBoltzmannMachineModel.class, RestrictedBoltzmannMachineModel::load),
              new Kind(
                  GenerativeAdversarialNetworkModel.class, GenerativeAdversarialNetworkModel::load),
              new Kind(EncoderClassifierModel.class, EncoderClassifierModel::load))
          .collect(Collectors.toUnmodifiableMap(kind -> kind.type().getName(), kind -> kind));

  private SavedModels() {}

  /** {@return the classes that are loaded} */
  static List<Class<?>> types() {
    return KINDS.values().stream().<Class<?>>map(Kind::type).toList();
  }

  /**
   * {@return whether a folder holds a model of this library, by its metadata}
   *
   * @param metadata of a saved stage
   */
  public static boolean knows(StageMetadata metadata) {
    return KINDS.containsKey(metadata.className());
  }

  /**
   * Writes a model into a folder that does not exist and is given its name later, when all of it is
   * there.
   *
   * @param model a model of this library, or of Spark's
   * @param folder path of the folder
   * @throws IOException if it cannot be written
   */
  public static void write(Model<?> model, String folder) throws IOException {
    MLWriter writer = ((MLWritable) model).write();
    if (writer instanceof WholeWriter whole) {
      whole.saveImpl(folder); // without a hidden name beside a hidden one
    } else {
      writer.save(folder);
    }
  }

  /**
   * Loads a model of whichever class.
   *
   * @param spark the session that reads
   * @param path folder of the model
   * @return the model
   * @throws SavedStageException if it is no model of this library, or does not fit together
   */
  public static Model<?> load(SparkSession spark, String path) {
    StageMetadata metadata = StageMetadata.load(spark, path);
    if (!knows(metadata)) {
      throw new SavedStageException(
          path,
          "is "
              + Check.withArticle(metadata.simpleName())
              + ", not a trained model of this library");
    }
    return KINDS.get(metadata.className()).loader().apply(path);
  }
}
