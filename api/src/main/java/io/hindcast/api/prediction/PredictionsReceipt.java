package io.hindcast.api.prediction;

/** Counts of the rows of a {@link RecordPredictions} that were recorded, and dropped because they were held already. */
public record PredictionsReceipt(int recorded, int dropped) {}
