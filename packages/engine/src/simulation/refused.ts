/** Why a broker or the exchange refuses a request: a stable code, and words with what was found and what is allowed. */
export interface Refused {
  readonly code: `exchange/${string}` | 'broker/not-sent';
  readonly reason: string;
}
