/** What was promised, as pure functions of what was recorded. */
package dev.holdfast.faults.check;
