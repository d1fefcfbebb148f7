/**
 * The Kubernetes objects that make up one resource: what each should look like, and whose it is.
 */
@NullMarked
package dev.holdfast.operator.children;

import org.jspecify.annotations.NullMarked;
