/**
 * The training worker: receives the runs that a training program starts, slices the dataset from the log, trains,
 * checks, evaluates, stores the artifact and reports the end.
 */
@org.jspecify.annotations.NullMarked
package io.hindcast.training;
