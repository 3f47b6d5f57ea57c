/** TRL: a BERT encoder as a policy that reads articles, tuned by GRPO with LoRA. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.trl;
