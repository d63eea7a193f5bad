package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.objective.RbmSettings;
import io.sparkae.core.objective.RbmUnits;
import java.io.Serializable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** A restricted Boltzmann machine: {@link RbmSettings} as Params. */
public interface RbmParams extends Params {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final IntParam hiddenUnits;
    private final Param<String> visibleType;
    private final Param<String> hiddenType;
    private final DoubleParam visibleDeviation;
    private final IntParam gibbsSteps;
    private final BooleanParam sampleVisible;
    private final DoubleParam weightDecay;
    private final DoubleParam sparsityWeight;
    private final DoubleParam sparsityTarget;
    private final DoubleParam sparsityDecay;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      hiddenUnits = make.wholeNumber("hiddenUnits", "width of the hidden layer", 1);
      visibleType =
          make.choice(
              "visibleType",
              "kind of the visible units: bernoulli for features in [0, 1], gaussian for others",
              RbmUnits.class);
      hiddenType =
          make.choice(
              "hiddenType",
              "kind of the hidden units; gaussian ones are linear with deviation 1",
              RbmUnits.class);
      visibleDeviation =
          make.positive("visibleDeviation", "standard deviation of gaussian visible units");
      gibbsSteps = make.wholeNumber("gibbsSteps", "k of CD-k", 1);
      sampleVisible =
          make.flag(
              "sampleVisible",
              "whether the chain draws visible units, instead of using their means (true, false)");
      weightDecay =
          make.atLeastZero("weightDecay", "lambda of lambda/2 times the sum of squared weights");
      sparsityWeight =
          make.atLeastZero(
              "sparsityWeight",
              "how strongly the mean activation of bernoulli hidden units is drawn to sparsityTarget");
      sparsityTarget =
          make.openFraction(
              "sparsityTarget", "mean activation that sparsityWeight asks of each hidden unit");
      sparsityDecay =
          make.fraction(
              "sparsityDecay", "part of the running mean activation that stays from step to step");
    }

    void setDefaults(Params parent) {
      RbmSettings defaults = RbmSettings.DEFAULT;
      parent.setDefault(hiddenUnits, defaults.hiddenUnits());
      parent.setDefault(visibleType, Check.camelCase(defaults.visibleType()));
      parent.setDefault(hiddenType, Check.camelCase(defaults.hiddenType()));
      parent.setDefault(visibleDeviation, defaults.visibleDeviation());
      parent.setDefault(gibbsSteps, defaults.gibbsSteps());
      parent.setDefault(sampleVisible, defaults.sampleVisible());
      parent.setDefault(weightDecay, defaults.weightDecay());
      parent.setDefault(sparsityWeight, defaults.sparsityWeight());
      parent.setDefault(sparsityTarget, defaults.sparsityTarget());
      parent.setDefault(sparsityDecay, defaults.sparsityDecay());
    }
  }

  /** {@return where the Params are kept} */
  Holder rbmParams();

  /** {@return width of the hidden layer, at least 1; default 32} */
  default IntParam hiddenUnits() {
    return rbmParams().hiddenUnits;
  }

  /** {@return kind of the visible units; default bernoulli} */
  default Param<String> visibleType() {
    return rbmParams().visibleType;
  }

  /** {@return kind of the hidden units; default bernoulli} */
  default Param<String> hiddenType() {
    return rbmParams().hiddenType;
  }

  /** {@return standard deviation of gaussian visible units, above 0; default 1} */
  default DoubleParam visibleDeviation() {
    return rbmParams().visibleDeviation;
  }

  /** {@return k of CD-k, at least 1; default 1} */
  default IntParam gibbsSteps() {
    return rbmParams().gibbsSteps;
  }

  /**
   * {@return whether the chain draws visible units, instead of using their means; default false}
   */
  default BooleanParam sampleVisible() {
    return rbmParams().sampleVisible;
  }

  /** {@return λ of λ/2·‖W‖², at least 0; default 0} */
  default DoubleParam weightDecay() {
    return rbmParams().weightDecay;
  }

  /**
   * {@return how strongly the mean activation of hidden units is drawn to the target, at least 0;
   * default 0}
   */
  default DoubleParam sparsityWeight() {
    return rbmParams().sparsityWeight;
  }

  /** {@return mean activation that is asked of each hidden unit, in (0, 1); default 0.05} */
  default DoubleParam sparsityTarget() {
    return rbmParams().sparsityTarget;
  }

  /**
   * {@return part of the running mean activation that stays from step to step, in [0, 1); default
   * 0.9}
   */
  default DoubleParam sparsityDecay() {
    return rbmParams().sparsityDecay;
  }

  /** {@return width of the hidden layer} */
  default int getHiddenUnits() {
    return (int) getOrDefault(hiddenUnits());
  }

  /** {@return kind of the visible units} */
  default String getVisibleType() {
    return getOrDefault(visibleType());
  }

  /** {@return kind of the hidden units} */
  default String getHiddenType() {
    return getOrDefault(hiddenType());
  }

  /** {@return standard deviation of gaussian visible units} */
  default double getVisibleDeviation() {
    return (double) getOrDefault(visibleDeviation());
  }

  /** {@return k of CD-k} */
  default int getGibbsSteps() {
    return (int) getOrDefault(gibbsSteps());
  }

  /** {@return whether the chain draws visible units} */
  default boolean getSampleVisible() {
    return (boolean) getOrDefault(sampleVisible());
  }

  /** {@return λ of the weight decay} */
  default double getWeightDecay() {
    return (double) getOrDefault(weightDecay());
  }

  /** {@return how strongly the mean activation is drawn to the target} */
  default double getSparsityWeight() {
    return (double) getOrDefault(sparsityWeight());
  }

  /** {@return mean activation that is asked of each hidden unit} */
  default double getSparsityTarget() {
    return (double) getOrDefault(sparsityTarget());
  }

  /** {@return part of the running mean activation that stays} */
  default double getSparsityDecay() {
    return (double) getOrDefault(sparsityDecay());
  }

  /**
   * {@return the Params as settings}
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  default RbmSettings rbmSettings() {
    return new RbmSettings(
        getHiddenUnits(),
        Check.choice(RbmUnits.class, "visibleType", getVisibleType()),
        Check.choice(RbmUnits.class, "hiddenType", getHiddenType()),
        getVisibleDeviation(),
        getGibbsSteps(),
        getSampleVisible(),
        getWeightDecay(),
        getSparsityWeight(),
        getSparsityTarget(),
        getSparsityDecay());
  }
}
