/** Plain text and times of publication, as pages and feeds write them. */
@org.jspecify.annotations.NullMarked
package io.hindcast.news.text;
