/** Hosts that are network namespaces, with the processes, disks and links of each. */
package dev.holdfast.faults.lab;
