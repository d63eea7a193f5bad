package io.sparkae.spark;

import io.sparkae.data.LocalSpark;
import java.util.HashSet;
import java.util.Set;
import scala.jdk.javaapi.CollectionConverters;

/** The RDDs that Spark keeps. */
public final class PersistentRdds {
  private PersistentRdds() {}

  /** Their ids, now. */
  public static Set<Object> ids() {
    return new HashSet<>(
        CollectionConverters.asJava(
            LocalSpark.session().sparkContext().getPersistentRDDs().keySet()));
  }

  /** Lets all go but those. */
  static void release(Set<Object> others) {
    CollectionConverters.asJava(LocalSpark.session().sparkContext().getPersistentRDDs())
        .forEach(
            (id, rdd) -> {
              if (!others.contains(id)) {
                rdd.unpersist(true);
              }
            });
  }
}
