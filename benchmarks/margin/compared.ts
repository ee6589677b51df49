import { estimateMargin } from '@sauda/engine';

import { type RecordedMargin, recordedMargins } from './recorded.js';

export interface ComparedMargin extends RecordedMargin {
  /** Rupees. */
  readonly estimate: number;
  /** Of the recorded answer; above 0 where the estimate asks for more. */
  readonly errorPercent: number;
}

/** Every recorded answer that has its legs beside the engine's estimate. */
export function compared(): readonly ComparedMargin[] {
  return recordedMargins().map((answer) => {
    let paise = 0;
    for (const { spot, legs } of answer.groups) paise += estimateMargin(legs, { underlyingPrice: spot, date: answer.date }).totalPaise;
    const estimate = paise / 100;
    return { ...answer, estimate, errorPercent: (estimate / answer.recorded - 1) * 100 };
  });
}
