/** Roles of the platform and their selection in this process. */
@NullMarked
package io.hindcast.app.role;

import org.jspecify.annotations.NullMarked;
