package io.sparkae.ml;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkae.core.Check;
import io.sparkae.core.linalg.Blas;
import io.sparkae.data.SavedStageException;
import java.util.Arrays;

/** A training's summary as JSON: an object with a field for each component of the record. */
final class SummaryJson {
  /** Leaves out what the record derives from its components. */
  private interface DescriptionFields {
    @JsonIgnore
    boolean isNative();
  }

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .addMixIn(Blas.Description.class, DescriptionFields.class)
          .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
          .configure(DeserializationFeature.ACCEPT_FLOAT_AS_INT, false)
          .configure(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES, true)
          .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true);

  private SummaryJson() {}

  static JsonNode toJson(TrainingSummary summary) {
    return MAPPER.valueToTree(summary);
  }

  /**
   * Reads what {@link #toJson} wrote, now or before it counted passes, which were the epochs, and
   * knew of phases, of which there was one, and of statistics.
   *
   * @throws SavedStageException if a field is missing or of another type, or two do not fit
   *     together
   */
  static TrainingSummary fromJson(String path, JsonNode json) {
    JsonNode whole = json instanceof ObjectNode fields ? completed(fields.deepCopy()) : json;
    try {
      TrainingSummary summary = MAPPER.treeToValue(whole, TrainingSummary.class);
      if (summary == null || !isWhole(summary)) {
        throw new SavedStageException(
            path,
            "has a training summary that does not fit: its epochs are not those of all parts");
      }
      return summary;
    } catch (JsonProcessingException e) {
      throw new SavedStageException(
          path, "has a training summary that does not fit: " + Check.shown(e.getOriginalMessage()));
    }
  }

  private static boolean isWhole(TrainingSummary summary) {
    int epochs = summary.totalEpochs();
    int validated = summary.validationHistory().length;
    return summary.bestEpoch() >= 0
        && summary.bestEpoch() < Math.max(1, epochs)
        && (validated == 0 || validated == epochs)
        && summary.stepSizes().length == epochs
        && summary.epochSeconds().length == epochs
        && summary.lossHistory().values().stream().allMatch(l -> l != null && l.length == epochs)
        && summary.statisticHistory().values().stream()
            .allMatch(s -> s != null && s.length == epochs && !Arrays.asList(s).contains(null))
        && !summary.settings().containsValue(null)
        && summary.pretraining().stream().allMatch(SummaryJson::isWhole);
  }

  private static ObjectNode completed(ObjectNode fields) {
    if (!fields.has("passes")) {
      fields.put("passes", fields.path("objectiveHistory").size());
    }
    if (!fields.has("phase")) {
      fields.put("phase", "");
      fields.putArray("pretraining");
    }
    if (!fields.has("statisticHistory")) {
      fields.putObject("statisticHistory");
    }
    if (!fields.has("settings")) {
      fields.putObject("settings");
    }
    return fields;
  }
}
