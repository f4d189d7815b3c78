/** A call that was above a limit, and was refused. */
export interface LimitViolation {
  readonly limit: 'primary' | 'concurrent' | 'minute' | 'content';
  readonly call: number;
  readonly name: string;
  readonly at: number;
}

/** What the callers made of their limits: a test keeps it and reads it. */
export class LimitWatch {
  /** Every call above a limit, in order. A well-behaved client leaves it empty. */
  readonly violations: LimitViolation[] = [];
  /** Points taken of the hourly pots. */
  readonly spent = { rest: 0, graphql: 0 };
  /** Calls that were counted, and answers that cost nothing because they still stood. */
  calls = 0;
  unchanged = 0;
  /** The most calls of one caller under way at one time. */
  mostConcurrent = 0;
  /** The most points of one caller in a minute: at one endpoint of REST, and at `/graphql`. */
  readonly mostInMinute = { rest: 0, graphql: 0 };
}
