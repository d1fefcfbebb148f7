package dev.holdfast.api.v1alpha1;

/** The schema of status.conditions, which all kinds share; YAML for a patch of the status. */
final class ConditionSchema {
  static final String PROPERTY =
      """
        conditions:
          x-kubernetes-list-type: map
          x-kubernetes-list-map-keys: [type]
          items:
            description: One aspect of the resource's state.
            required: [lastTransitionTime, message, reason, status, type]
            properties:
              type:
                description: Name of the condition.
                maxLength: 316
                pattern: '^[A-Za-z][A-Za-z0-9]*$'
              status:
                description: 'True, False or Unknown.'
                maxLength: 7
                pattern: '^(True|False|Unknown)$'
              reason:
                description: Why the condition has this status, as one word.
                minLength: 1
                maxLength: 1024
                pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$'
              message:
                description: Why the condition has this status, for people.
                maxLength: 32768
              lastTransitionTime:
                description: When the status changed last.
                format: date-time
                maxLength: 64
              observedGeneration:
                description: Generation of the resource that the condition was set from.
                minimum: 0
                maximum: 9007199254740991
      """;

  private ConditionSchema() {}
}
