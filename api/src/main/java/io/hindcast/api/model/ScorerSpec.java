package io.hindcast.api.model;

/**
 * Which engine scores a version, fixed when it is registered and kept for ever.
 *
 * @param engine such as {@code flat-trees}, {@code onnxruntime}, {@code lightgbm-native}
 * @param libraryVersion of that engine
 */
public record ScorerSpec(String engine, String libraryVersion) {}
