/** How the platform is: what does not work, and what was given up. */
@NullMarked
package io.hindcast.api.operations;

import org.jspecify.annotations.NullMarked;
