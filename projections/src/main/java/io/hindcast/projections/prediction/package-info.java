/** Events about predictions, written as rows. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections.prediction;
