package io.sparkae.ml;

import io.sparkae.core.objective.SearchSettings;
import java.io.Serializable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** How rows are restored, and the columns of that: {@link SearchSettings} as Params. */
public interface RestorerParams extends InputParams {
  /** The mean of all rows that were found, each by its weight. */
  String MEAN = "mean";

  /** The most probable row that was found. */
  String NEAREST = "nearest";

  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> outputCol;
    private final Param<String> codeCol;
    private final Param<String> errorCol;
    private final Param<String> confidenceCol;
    private final IntArrayParam distrusted;
    private final IntParam starts;
    private final IntParam steps;
    private final BooleanParam clean;
    private final IntParam cleaningSteps;
    private final DoubleParam stepSize;
    private final DoubleParam priorWeight;
    private final Param<String> estimate;
    private final BooleanParam keepKnown;
    private final LongParam seed;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      outputCol = make.column("outputCol", "column of the restored rows to make");
      codeCol =
          make.column(
              "codeCol",
              "column of the most probable code that was found for each row to make; none unless"
                  + " named");
      errorCol =
          make.column(
              "errorCol",
              "column of the squared error of each row, summed over the known features, to make;"
                  + " none unless named");
      confidenceCol =
          make.column(
              "confidenceCol",
              "column of the part of the restored features' variance that is explained to make;"
                  + " none unless named");
      distrusted =
          make.wholeNumbers("distrusted", "features, from 0, that count as missing in all rows", 0);
      starts = make.wholeNumber("starts", "searches for each row that misses something", 1);
      steps = make.wholeNumber("steps", "gradient steps of each search", 0);
      clean =
          make.flag(
              "clean",
              "rows that miss nothing are encoded and decoded, too; else they stay as they are");
      cleaningSteps =
          make.wholeNumber(
              "cleaningSteps",
              "gradient steps from the encoder's code of a row that misses nothing; 0 to encode and"
                  + " decode it",
              0);
      stepSize =
          make.positive(
              "stepSize", "length of the first steps, in standard deviations of the codes");
      priorWeight =
          make.atLeastZero(
              "priorWeight", "weight of the pull of codes towards where codes are, 1 by Bayes");
      estimate =
          make.choice(
              "estimate",
              "what is given of the rows that the searches found: the mean by their weights, or the"
                  + " most probable",
              MEAN,
              NEAREST);
      keepKnown =
          make.flag("keepKnown", "known features of a row that misses something stay as they are");
      seed = make.anyLong("seed", "of the starts");
    }

    void setDefaults(Params parent) {
      SearchSettings defaults = SearchSettings.DEFAULT;
      parent.setDefault(outputCol, "restored");
      parent.setDefault(distrusted, new int[0]);
      parent.setDefault(starts, defaults.starts());
      parent.setDefault(steps, defaults.steps());
      parent.setDefault(clean, false);
      parent.setDefault(cleaningSteps, 0);
      parent.setDefault(stepSize, defaults.stepSize());
      parent.setDefault(priorWeight, defaults.priorWeight());
      parent.setDefault(estimate, MEAN);
      parent.setDefault(keepKnown, true);
      parent.setDefault(seed, 1L);
    }
  }

  /** {@return where the Params are kept} */
  Holder restorerParams();

  /** {@return column of the restored rows; default {@code restored}} */
  default Param<String> outputCol() {
    return restorerParams().outputCol;
  }

  /** {@return column of the most probable code that was found for each row} */
  default Param<String> codeCol() {
    return restorerParams().codeCol;
  }

  /** {@return column of each row's squared error, summed over its known features} */
  default Param<String> errorCol() {
    return restorerParams().errorCol;
  }

  /**
   * {@return column of the part of the restored features' variance that is explained, in [0, 1]}
   */
  default Param<String> confidenceCol() {
    return restorerParams().confidenceCol;
  }

  /** {@return features that count as missing in all rows; none by default} */
  default IntArrayParam distrusted() {
    return restorerParams().distrusted;
  }

  /** {@return searches for each row that misses something; default 32} */
  default IntParam starts() {
    return restorerParams().starts;
  }

  /** {@return gradient steps of each search; default 60} */
  default IntParam steps() {
    return restorerParams().steps;
  }

  /**
   * {@return whether rows that miss nothing are encoded and decoded, too; by default only if the
   * model was trained on corrupted rows, to leave noise out}
   */
  default BooleanParam clean() {
    return restorerParams().clean;
  }

  /** {@return whether rows that miss nothing are encoded and decoded, too} */
  default boolean getClean() {
    return (boolean) getOrDefault(clean());
  }

  /**
   * {@return gradient steps from the encoder's code of a row that misses nothing; default 0, for it
   * is the encoder that has learnt to leave noise out}
   */
  default IntParam cleaningSteps() {
    return restorerParams().cleaningSteps;
  }

  /** {@return length of the first steps, in standard deviations of the codes; default 0.2} */
  default DoubleParam stepSize() {
    return restorerParams().stepSize;
  }

  /**
   * {@return weight of the pull of codes towards where codes are, beside −log p(known features|z);
   * default 1, the weight that it has by Bayes}
   */
  default DoubleParam priorWeight() {
    return restorerParams().priorWeight;
  }

  /**
   * {@return what is given of the rows that the searches found: {@value #MEAN}, by their weights,
   * has the least squared error, {@value #NEAREST}, the most probable one, the sharpest features;
   * default {@value #MEAN}}
   */
  default Param<String> estimate() {
    return restorerParams().estimate;
  }

  /**
   * {@return whether known features of a row that misses something stay as they are; default true}
   */
  default BooleanParam keepKnown() {
    return restorerParams().keepKnown;
  }

  /** {@return seed of the starts, which are keyed by all the columns of a row; default 1} */
  default LongParam seed() {
    return restorerParams().seed;
  }

  /** {@return column of the restored rows} */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /** {@return column of the codes, null if none is wanted} */
  default String getCodeCol() {
    return isDefined(codeCol()) ? getOrDefault(codeCol()) : null;
  }

  /** {@return column of the errors, null if none is wanted} */
  default String getErrorCol() {
    return isDefined(errorCol()) ? getOrDefault(errorCol()) : null;
  }

  /** {@return column of the confidences, null if none is wanted} */
  default String getConfidenceCol() {
    return isDefined(confidenceCol()) ? getOrDefault(confidenceCol()) : null;
  }

  /** {@return features that count as missing} */
  default int[] getDistrusted() {
    return getOrDefault(distrusted());
  }

  /** {@return searches for each row} */
  default int getStarts() {
    return (int) getOrDefault(starts());
  }

  /** {@return gradient steps of each search} */
  default int getSteps() {
    return (int) getOrDefault(steps());
  }

  /** {@return gradient steps for a row that misses nothing} */
  default int getCleaningSteps() {
    return (int) getOrDefault(cleaningSteps());
  }

  /** {@return length of the first steps} */
  default double getStepSize() {
    return (double) getOrDefault(stepSize());
  }

  /** {@return weight of the pull of codes} */
  default double getPriorWeight() {
    return (double) getOrDefault(priorWeight());
  }

  /** {@return what is given of the rows that were found} */
  default String getEstimate() {
    return getOrDefault(estimate());
  }

  /** {@return whether known features stay} */
  default boolean getKeepKnown() {
    return (boolean) getOrDefault(keepKnown());
  }

  /** {@return seed of the starts} */
  default long getSeed() {
    return (long) getOrDefault(seed());
  }

  /**
   * {@return how rows that miss something are searched for}
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  default SearchSettings searchSettings() {
    return new SearchSettings(getStarts(), getSteps(), getStepSize(), getPriorWeight());
  }
}
