package io.hindcast.sagas.promotion;

import io.hindcast.api.model.FindPromotionPolicies;
import io.hindcast.api.model.PromotionPolicies;
import org.axonframework.queryhandling.QueryHandler;

/** Query handler for the policies of automatic promotions. */
public final class PromotionPolicyQueries {

    private final PromotionPolicies policies;

    public PromotionPolicyQueries(PromotionPolicies policies) {
        this.policies = policies;
    }

    @QueryHandler
    public PromotionPolicies handle(FindPromotionPolicies query) {
        return policies;
    }
}
