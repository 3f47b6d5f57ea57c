/** What markets made of articles. */
@org.jspecify.annotations.NullMarked
package io.hindcast.inference.news;
