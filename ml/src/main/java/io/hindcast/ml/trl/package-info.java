/**
 * TRL, text reinforcement learning: FinBERT, or a small BERT encoder pretrained locally, as a policy that reads
 * articles and is tuned by group relative policy optimisation (GRPO) with low-rank adapters (LoRA). Not to be confused
 * with Hugging Face's library of the same name.
 */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.trl;
