package io.hindcast.api.model;

/**
 * A reference to the feature set of a dataset, a model and its predictions.
 *
 * @param name for people, such as {@code price-v1}
 * @param hash sha-256 (hexadecimal) over the definition: names, order, parameters, anchor days
 */
public record FeatureSetRef(String name, String hash) {}
