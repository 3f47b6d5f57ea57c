/** Events about training, written as rows. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections.training;
