/** Audits: queries, requests and cancellations. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.audit;
