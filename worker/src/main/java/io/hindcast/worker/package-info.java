/**
 * A worker: one training run in a process of its own. It reaches the platform by HTTP with the token of its run, and
 * knows neither its database nor its log nor its store.
 */
@org.jspecify.annotations.NullMarked
package io.hindcast.worker;
