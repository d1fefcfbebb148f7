package dev.holdfast.dataplane.agreement.ledger;

/**
 * A lease as the log has it: that it was asked for, not when. Only the asker knows that.
 *
 * @param fence the newest one when it was granted; under any newer one it gives no right
 * @param incarnation of the member that asked
 * @param serial which of its requests it was
 */
public record Grant(long fence, long incarnation, long serial) {}
