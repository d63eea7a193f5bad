package io.sparkae.core.fuzz;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;

/**
 * A property of 10,000 changed inputs, always the same ones; {@code -Dsparkae.test.seed=…} makes
 * {@link Mutants} others.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Property(
    tries = 10_000,
    seed = "20060728",
    generation = GenerationMode.RANDOMIZED,
    edgeCases = EdgeCasesMode.NONE)
public @interface Fuzzed {}
