/** Published models: downloaded from a Hugging Face hub once, checked, and kept. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.hub;
