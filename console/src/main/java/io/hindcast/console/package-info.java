/** What people see while it runs: lines, progress, one clear line when something fails. */
@NullMarked
package io.hindcast.console;

import org.jspecify.annotations.NullMarked;
