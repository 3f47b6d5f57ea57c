/** What pages and feeds write, as plain text. */
@org.jspecify.annotations.NullMarked
package io.hindcast.news.text;
