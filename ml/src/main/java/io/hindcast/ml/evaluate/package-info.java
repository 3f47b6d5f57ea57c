/** Evaluation of predictions against outcomes, beside naive baselines. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.evaluate;
