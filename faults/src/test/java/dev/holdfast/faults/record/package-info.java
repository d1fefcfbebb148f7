/** What clients, backends, hooks and the test itself wrote down, with one clock. */
package dev.holdfast.faults.record;
