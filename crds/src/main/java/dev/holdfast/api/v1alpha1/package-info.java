/** The resources as users write them: what the CRDs are generated from. */
@NullMarked
package dev.holdfast.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
