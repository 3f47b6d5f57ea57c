/** Which wings run in this process. */
@NullMarked
package io.hindcast.app.role;

import org.jspecify.annotations.NullMarked;
