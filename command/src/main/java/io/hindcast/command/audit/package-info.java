/** Audits: their days, results and ends. */
@NullMarked
package io.hindcast.command.audit;

import org.jspecify.annotations.NullMarked;
