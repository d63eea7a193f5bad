package io.sparkae.ml;

import io.sparkae.data.StageMetadata;
import java.util.function.Function;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLReader;

/**
 * Reads a stage that has nothing but Params. Unlike Spark's own reader it makes a stage of the
 * class that it was made for, never of one that the file names.
 */
final class StageReader<T extends Params> extends MLReader<T> {
  private final Class<T> type;
  private final Function<String, T> maker;

  /**
   * @param maker makes a stage of a uid
   */
  StageReader(Class<T> type, Function<String, T> maker) {
    this.type = type;
    this.maker = maker;
  }

  @Override
  public T load(String path) {
    StageMetadata metadata = StageMetadata.load(sparkSession(), path);
    metadata.requireClass(type);
    T stage = maker.apply(metadata.uid());
    metadata.setParams(stage);
    return stage;
  }
}
