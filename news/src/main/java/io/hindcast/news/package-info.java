/** Articles from feeds, sites and archives, on their way into the house. */
@org.jspecify.annotations.NullMarked
package io.hindcast.news;
