package io.hindcast.sagas;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.PromotionPolicies;
import io.hindcast.api.model.PromotionPolicy;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of automatic promotions.
 *
 * @param lightgbm {@code gated} or {@code always}, as for the other families
 * @param tst as {@code lightgbm}
 * @param trl as {@code lightgbm}
 * @param constantMargin nats by which the held-out log loss may exceed that of a constant guess
 * @param championMargin nats by which the log loss may exceed that of the version in {@code CURRENT}
 */
@ConfigurationProperties("hindcast.sagas.promotion")
public record PromotionPolicyProperties(
        @DefaultValue("gated") PromotionPolicy.Mode lightgbm,
        @DefaultValue("gated") PromotionPolicy.Mode tst,
        @DefaultValue("gated") PromotionPolicy.Mode trl,
        @DefaultValue("0.02") double constantMargin,
        @DefaultValue("0.005") double championMargin) {

    PromotionPolicies policies() {
        Map<ModelFamily, PromotionPolicy> byFamily = new EnumMap<>(ModelFamily.class);
        for (ModelFamily family : ModelFamily.values()) {
            byFamily.put(family, new PromotionPolicy(mode(family), constantMargin, championMargin));
        }
        return new PromotionPolicies(byFamily);
    }

    private PromotionPolicy.Mode mode(ModelFamily family) {
        return switch (family) {
            case LIGHTGBM -> lightgbm;
            case TST -> tst;
            case TRL -> trl;
        };
    }
}
