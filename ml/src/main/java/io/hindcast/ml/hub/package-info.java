/** Published models, downloaded once from a Hugging Face hub, verified and cached. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.hub;
