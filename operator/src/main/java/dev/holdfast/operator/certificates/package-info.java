/** The certificate authority of one resource, and the identities it gives to pods and operator. */
@NullMarked
package dev.holdfast.operator.certificates;

import org.jspecify.annotations.NullMarked;
