/** Articles as the log has them. */
@NullMarked
package io.hindcast.history.news;

import org.jspecify.annotations.NullMarked;
