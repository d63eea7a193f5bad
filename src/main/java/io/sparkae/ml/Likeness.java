package io.sparkae.ml;

import io.sparkae.core.objective.NormalCodes;
import java.io.Serializable;

/**
 * What rows and their codes are like, as seen in a table.
 *
 * @param means of the features
 * @param variances of the features
 * @param residuals mean squared difference of each feature from its reconstruction
 * @param usual squared errors of rows, beside the sum of the residuals, up to which a row is like
 *     others: two standard deviations above the mean
 * @param nats what a unit of the model's loss is of −log p(x|z)
 * @param codes what codes are like; null if like N(0, I)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Likeness(
    double[] means,
    double[] variances,
    double[] residuals,
    double usual,
    double nats,
    NormalCodes codes)
    implements Serializable {}
