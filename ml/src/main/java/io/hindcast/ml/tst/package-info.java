/** TST, the time series transformer, which reads the features of a window of bars. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.tst;
