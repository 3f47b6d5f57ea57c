/** Audits as the log has them. */
@NullMarked
package io.hindcast.history.audit;

import org.jspecify.annotations.NullMarked;
