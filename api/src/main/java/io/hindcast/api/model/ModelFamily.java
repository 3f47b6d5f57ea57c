package io.hindcast.api.model;

/** A kind of model, with its own trainer and scorer. */
public enum ModelFamily {
    /** Gradient-boosted trees on tabular features. */
    LIGHTGBM,
    /** Time series transformer. */
    TST,
    /** FinBERT tuned by GRPO with LoRA; it reads articles. Unrelated to the Hugging Face library of the same name. */
    TRL
}
