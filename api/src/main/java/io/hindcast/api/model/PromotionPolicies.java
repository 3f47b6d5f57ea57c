package io.hindcast.api.model;

import java.util.Map;

/** The policy by which versions of each family are promoted; {@link PromotionPolicy#GATED} for a family not named. */
public record PromotionPolicies(Map<ModelFamily, PromotionPolicy> byFamily) {

    public PromotionPolicies {
        byFamily = Map.copyOf(byFamily);
    }

    public PromotionPolicy of(ModelFamily family) {
        return byFamily.getOrDefault(family, PromotionPolicy.GATED);
    }
}
