package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.LocalSpark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Stages travel inside closures, as Spark's own do. */
class SerialisedStageTest {
  private static Dataset<Row> table() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      rows.add(RowFactory.create(Vectors.dense(i % 2, 1 - i % 2, i % 3, 1)));
    }
    return LocalSpark.session()
        .createDataFrame(rows, new StructType().add("features", SQLDataTypes.VectorType()));
  }

  @SuppressWarnings("unchecked")
  private static <T> T copy(T value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(value);
    return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }

  @Test
  void estimatorThatWasSerialisedTrainsTheSameModel() throws Exception {
    Autoencoder autoencoder = new Autoencoder().setCodeSize(2).setEpochs(2).setSeed(5);
    assertThat(copy(autoencoder).fit(table()).parameters())
        .containsExactly(autoencoder.fit(table()).parameters());
  }

  @Test
  void modelEncodesInsideAUserDefinedFunction() {
    AutoencoderModel model =
        new Autoencoder().setCodeSize(2).setEpochs(2).setOutputCol("code").fit(table());
    UDF1<Vector, Vector> encode = model::encode;
    List<Row> rows =
        model
            .transform(table())
            .withColumn(
                "own",
                functions.udf(encode, SQLDataTypes.VectorType()).apply(functions.col("features")))
            .collectAsList();
    assertThat(rows).hasSize(24);
    for (Row row : rows) {
      double[] own = row.<Vector>getAs("own").toArray();
      double[] code = row.<Vector>getAs("code").toArray();
      for (int i = 0; i < 2; i++) {
        assertThat(own[i]).isCloseTo(code[i], org.assertj.core.api.Assertions.within(1e-5));
      }
    }
  }
}
