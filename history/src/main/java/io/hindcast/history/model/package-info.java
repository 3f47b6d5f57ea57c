/** Models with their versions, lanes and slots, read from the log. */
@NullMarked
package io.hindcast.history.model;

import org.jspecify.annotations.NullMarked;
