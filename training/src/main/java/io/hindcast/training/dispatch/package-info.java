/** Brings runs to machines: slices datasets, launches workers, watches them, and releases their machines. */
@org.jspecify.annotations.NullMarked
package io.hindcast.training.dispatch;
