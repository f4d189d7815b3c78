/** What one process at a time does: it holds the lease while it does, and another takes over when the lease runs out. */
export interface Leases {
  /**
   * Takes or prolongs a lease until so many seconds from now. Resolves to whether this holder has it:
   * false while another does. The clocks of holders should agree to within a part of `seconds`.
   */
  acquire(name: string, holder: string, seconds: number): Promise<boolean>;
  /** Gives a lease back; does nothing when another holds it. */
  release(name: string, holder: string): Promise<void>;
}

/** Instants that a schedule must remember, by name. */
export interface ScheduleMarks {
  /** Keeps an instant unless there is one of this name. Resolves to the one that is kept. */
  keepFirst(name: string, at: number): Promise<number>;
  /** Forgets the names that begin so and are not among these. */
  forgetExcept(prefix: string, names: readonly string[]): Promise<void>;
}
