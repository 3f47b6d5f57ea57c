@org.jspecify.annotations.NullMarked
package io.hindcast.sagas.promotion;
