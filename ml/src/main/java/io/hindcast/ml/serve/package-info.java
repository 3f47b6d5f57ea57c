/** Opens stored models for scoring, whatever their family and engine. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.serve;
