package io.hindcast.api.operations;

/**
 * Asks every process for what does not work in it and what it gave up: a scatter-gather query, answered by
 * {@link OutageViews}.
 */
public record FindOutages() {}
