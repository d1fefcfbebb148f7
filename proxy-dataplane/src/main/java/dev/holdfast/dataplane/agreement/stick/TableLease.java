package dev.holdfast.dataplane.agreement.stick;

import dev.holdfast.dataplane.agreement.Incarnation;

/**
 * A lease on the table as the log has it: that it was asked for, not when. Only the asker knows
 * that.
 *
 * @param incarnation of the member that asked
 * @param serial which of its requests it was
 * @param cut up to this index the holder has applied the log, and has cut what that took away
 * @param number under which the table knows the holder
 */
public record TableLease(long incarnation, long serial, long cut, int number) {

  public boolean isOf(Incarnation holder) {
    return holder.number() == incarnation;
  }
}
