/** Audits: the past predictions of a version computed again and compared with what was recorded. */
@NullMarked
package io.hindcast.api.audit;

import org.jspecify.annotations.NullMarked;
