/** Read models of audits. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections.audit;
