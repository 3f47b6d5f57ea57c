/** Promotions, from their beginning to the shift of the slots. */
@org.jspecify.annotations.NullMarked
package io.hindcast.sagas.promotion;
