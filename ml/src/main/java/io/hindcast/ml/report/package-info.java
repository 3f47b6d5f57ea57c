/** Reports on models for people: as text and as one HTML page. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.report;
