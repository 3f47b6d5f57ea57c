/** Events about articles, written as rows. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections.news;
