/** Backfills: what a version would have predicted before its lane joined, or while its lane was down. */
@org.jspecify.annotations.NullMarked
package io.hindcast.inference.backfill;
