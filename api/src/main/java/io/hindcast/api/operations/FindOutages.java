package io.hindcast.api.operations;

/** Scatter-gather query: the outages of every process. Answered by {@link OutageViews}. */
public record FindOutages() {}
