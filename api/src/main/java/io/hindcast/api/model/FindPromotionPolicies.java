package io.hindcast.api.model;

/** Query: the policies by which versions are promoted automatically. Answered by {@link PromotionPolicies}. */
public record FindPromotionPolicies() {}
