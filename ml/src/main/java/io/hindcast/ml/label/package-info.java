/** Labels: the market's reactions to articles. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.label;
