/** Commands that ask or direct a running platform, over its GraphQL API. */
@NullMarked
package io.hindcast.app.cli.remote;

import org.jspecify.annotations.NullMarked;
