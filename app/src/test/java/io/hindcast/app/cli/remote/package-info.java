@org.jspecify.annotations.NullMarked
package io.hindcast.app.cli.remote;
