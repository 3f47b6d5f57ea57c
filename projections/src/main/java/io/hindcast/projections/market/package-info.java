/** Events about markets, written as rows. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections.market;
