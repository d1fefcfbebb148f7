/** Resources that pods run, as far as they are alike whichever kind they are. */
@NullMarked
package dev.holdfast.operator.workload;

import org.jspecify.annotations.NullMarked;
