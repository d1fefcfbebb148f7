package dev.holdfast.operator.reconcile;

import java.util.Set;

/**
 * What is the same for all resources that pods run.
 *
 * @param namespaces empty: all
 * @param dataPlaneImage where a resource names none
 * @param operatorNamespace from where the pods' admin ports can be reached
 * @param identity of this operator among several
 */
public record DataPlaneOptions(
    Set<String> namespaces, String dataPlaneImage, String operatorNamespace, String identity) {}
