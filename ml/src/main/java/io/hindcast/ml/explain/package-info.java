/** Explains models: how much each feature, bar or word contributes to their predictions. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.explain;
