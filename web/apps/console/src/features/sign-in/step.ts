import type { NextStep } from "@frontdesk/api";

/** Does what a form asks for; what it still needs is shown next, and what went wrong is said. */
export type Attempt = (work: () => Promise<NextStep | null>) => Promise<void>;

export interface StepProps {
  readonly step: NextStep;
  readonly attempt: Attempt;
  /** Back to who one is. */
  readonly again: () => void;
}
