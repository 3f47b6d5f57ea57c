/** Models without the platform: trained and evaluated from files, told about in files. */
@NullMarked
package io.hindcast.offline;

import org.jspecify.annotations.NullMarked;
