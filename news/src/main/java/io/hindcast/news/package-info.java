/** Collects articles from feeds, sites and archives, and sends them as commands. */
@org.jspecify.annotations.NullMarked
package io.hindcast.news;
