package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.fuzz.Fuzzed;
import io.sparkae.core.fuzz.Mutants;
import io.sparkae.core.fuzz.Outcome;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** What a table's metadata say of its features is what stands there, or is refused in one line. */
class ProvenanceFuzzTest {
  private static final long BYTES = 2_000_000;

  private static String json(Optional<FeatureProvenance.ImageShape> image) {
    return new FeatureProvenance("idx", "a.idx", Scaling.UNIT, image)
        .addTo(Metadata.empty())
        .json();
  }

  @Provide
  Arbitrary<String> metadata() {
    return Mutants.ofTexts(
        List.of(
            json(Optional.empty()),
            json(Optional.of(new FeatureProvenance.ImageShape(28, 30, 3)))));
  }

  @Fuzzed
  void provenanceIsReadOrRefused(@ForAll("metadata") String json) throws Exception {
    Metadata metadata;
    try {
      metadata = Metadata.fromJson(json);
    } catch (Exception e) {
      return; // Spark refuses the table
    }
    StructField column = new StructField("x", SQLDataTypes.VectorType(), false, metadata);
    Optional<Optional<FeatureProvenance>> read =
        Outcome.of(
            () -> FeatureProvenance.of(column),
            IllegalArgumentException.class,
            "column x has metadata sparkae that do not fit: ",
            BYTES);
    if (read.isPresent() && read.get().isPresent()) {
      FeatureProvenance provenance = read.get().get();
      Metadata fields = metadata.getMetadata("sparkae");
      assertThat(fields.getString("source")).isEqualTo(provenance.source());
      if (provenance.image().isPresent()) {
        assertThat(fields.getLong("imageHeight")).isEqualTo(provenance.image().get().height());
        assertThat(fields.getLong("imageWidth")).isEqualTo(provenance.image().get().width());
      }
    }
  }
}
