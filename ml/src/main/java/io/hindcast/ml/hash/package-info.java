/** SHA-256 digests of feature sets, datasets and bundles. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.hash;
