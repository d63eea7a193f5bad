package io.sparkae.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails each test of a class after which Spark keeps more RDDs, or fewer, than before. */
public final class NothingStaysInMemory implements BeforeEachCallback, AfterEachCallback {
  private Set<Object> before;

  @Override
  public void beforeEach(ExtensionContext context) {
    before = PersistentRdds.ids();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    assertThat(PersistentRdds.ids()).isEqualTo(before);
  }
}
