/** Articles: what was written, when it was published, when it was known here, and what the market then did. */
@org.jspecify.annotations.NullMarked
package io.hindcast.api.news;
