package io.hindcast.api.model;

/**
 * The engine that scores a version, fixed when the version is registered.
 *
 * @param engine such as {@code flat-trees}, {@code onnxruntime}, {@code lightgbm-native}
 * @param libraryVersion of that engine
 */
public record ScorerSpec(String engine, String libraryVersion) {}
