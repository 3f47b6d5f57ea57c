/** Models with their versions, lanes and slots as the log has them. */
@NullMarked
package io.hindcast.history.model;

import org.jspecify.annotations.NullMarked;
