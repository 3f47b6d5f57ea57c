/** Training cycles and promotions, from a market that went live to a version that predicts it. */
@org.jspecify.annotations.NullMarked
package io.hindcast.sagas.training;
