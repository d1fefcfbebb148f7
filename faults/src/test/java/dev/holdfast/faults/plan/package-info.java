/** Which faults come when, from a seed. */
package dev.holdfast.faults.plan;
