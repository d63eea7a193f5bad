package io.sparkae.ml;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkae.core.linalg.Blas;

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
   * @throws IllegalArgumentException naming the model's path if a field is missing or of another
   *     type
   */
  static TrainingSummary fromJson(String path, JsonNode json) {
    JsonNode whole = json instanceof ObjectNode fields ? completed(fields.deepCopy()) : json;
    try {
      return MAPPER.treeToValue(whole, TrainingSummary.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          path + " has a training summary that does not fit: " + e.getOriginalMessage(), e);
    }
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
