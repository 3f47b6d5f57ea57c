/** The daily audits of live versions. */
@org.jspecify.annotations.NullMarked
package io.hindcast.sagas.audit;
