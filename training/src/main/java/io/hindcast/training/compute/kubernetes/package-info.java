/** Workers as Jobs of a Kubernetes cluster. */
@org.jspecify.annotations.NullMarked
package io.hindcast.training.compute.kubernetes;
