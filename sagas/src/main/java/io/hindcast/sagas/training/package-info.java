/** From a market that went live to a version that predicts it: training cycles and promotions. */
@org.jspecify.annotations.NullMarked
package io.hindcast.sagas.training;
