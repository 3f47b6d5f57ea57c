package io.hindcast.api.model;

/**
 * The feature set that a dataset, a model and its predictions were made with.
 *
 * @param name for people, such as {@code price-v1}
 * @param hash sha-256 (hexadecimal) over the definition: names, order, parameters, anchor days
 */
public record FeatureSetRef(String name, String hash) {}
