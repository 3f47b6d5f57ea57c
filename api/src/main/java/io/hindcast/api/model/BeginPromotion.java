package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Promotes a new version automatically if the policy allows it: the result is {@link PromotionBegun} or
 * {@link PromotionDeclined}. Repeating it changes nothing.
 */
public record BeginPromotion(
        @TargetAggregateIdentifier ModelId model, int number, PromotionPolicy policy, Instant begunAt) {}
