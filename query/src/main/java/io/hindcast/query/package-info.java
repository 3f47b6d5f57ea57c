/** Query handlers over the read models, and updates of subscription queries from the log. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query;
