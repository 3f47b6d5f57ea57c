/** Tests and intervals for comparing predictors over time. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.statistics;
