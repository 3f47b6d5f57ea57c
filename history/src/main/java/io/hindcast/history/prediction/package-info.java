/** Recorded predictions by version and UTC day. */
@NullMarked
package io.hindcast.history.prediction;

import org.jspecify.annotations.NullMarked;
