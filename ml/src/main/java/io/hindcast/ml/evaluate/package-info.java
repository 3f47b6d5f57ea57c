/** How well predictions met outcomes, beside baselines that know nothing. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.evaluate;
