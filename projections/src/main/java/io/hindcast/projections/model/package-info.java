/** Events about models, written as rows. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections.model;
