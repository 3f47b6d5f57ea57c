package io.hindcast.api.prediction;

/** How many rows of a {@link RecordPredictions} were recorded, and how many were held already and dropped. */
public record PredictionsReceipt(int recorded, int dropped) {}
