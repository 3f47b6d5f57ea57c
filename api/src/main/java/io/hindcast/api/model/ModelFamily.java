package io.hindcast.api.model;

/** The kinds of model, each with its own trainer and scorer. */
public enum ModelFamily {
    /** Gradient-boosted trees on tabular features. */
    LIGHTGBM,
    /** Time series transformer. */
    TST,
    /** FinBERT tuned by GRPO with LoRA, reading articles. */
    TRL
}
