/** The process: puts the wings together and runs them. The one room that knows all others. */
@NullMarked
package io.hindcast.app;

import org.jspecify.annotations.NullMarked;
