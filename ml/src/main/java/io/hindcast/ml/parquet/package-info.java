/** Datasets as stored objects: Parquet files described by a manifest. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.parquet;
