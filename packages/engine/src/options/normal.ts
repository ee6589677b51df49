/** 1 ÷ √(2π). */
const INVERSE_SQRT_2PI = 0.3989422804014327;

/** √32: beyond it the tail is an expansion in 1 ÷ x². */
const TAIL_FROM = 5.656854249492381;

/** Below this nothing is left that a double can hold. */
const NOTHING_FROM = 38.5;

/**
 * Density of the standard normal distribution.
 *
 * Relative error below 1e-15 as far as the density is above 1e-300.
 */
export const normalPdf = (x: number): number => INVERSE_SQRT_2PI * bell(Math.abs(x));

/**
 * Distribution function of the standard normal distribution: the probability of a value of at most `x`.
 *
 * Relative error below 1e-15, also far out in the lower tail, down to the smallest doubles; exactly 0 and 1 at the infinities.
 *
 * @see W. J. Cody, Rational Chebyshev approximations for the error function, Mathematics of Computation 23 (1969), 631–637, with the
 * coefficients of ANORM in W. J. Cody, Algorithm 715: SPECFUN, ACM Transactions on Mathematical Software 19 (1993), 22–32.
 */
export function normalCdf(x: number): number {
  const distance = Math.abs(x);
  if (distance <= 0.67448975) return 0.5 + x * middle(x * x);
  if (!(distance < NOTHING_FROM)) return x > 0 ? 1 : x < 0 ? 0 : NaN;
  const tail = bell(distance) * (distance <= TAIL_FROM ? flank(distance) : farTail(distance));
  return x < 0 ? tail : 1 - tail;
}

/** exp(−x² ÷ 2). The square is split at a sixteenth, where it is exact: its rounding would be multiplied by the exponent's size. */
function bell(x: number): number {
  if (x >= NOTHING_FROM) return 0;
  if (x < 1) return Math.exp(-0.5 * x * x);
  const coarse = Math.floor(x * 16) / 16;
  return Math.exp(-0.5 * coarse * coarse) * Math.exp(-0.5 * (x - coarse) * (x + coarse));
}

function middle(square: number): number {
  const numerator =
    (((0.06568233791820745 * square + 2.2352520354606837) * square + 161.02823106855587) * square + 1067.6894854603709) * square +
    18154.98125334356;
  const denominator =
    (((square + 47.202581904688245) * square + 976.0985517377767) * square + 10260.932208618979) * square + 45507.78933502673;
  return numerator / denominator;
}

function flank(x: number): number {
  const numerator =
    (((((((1.0765576773720192e-8 * x + 0.39894151208813466) * x + 8.883149794388377) * x + 93.50665613217785) * x + 597.2702763948002) * x +
      2494.5375852903726) *
      x +
      6848.190450536283) *
      x +
      11602.65143764735) *
      x +
    9842.714838383978;
  const denominator =
    (((((((x + 22.266688044328117) * x + 235.387901782625) * x + 1519.3775994075547) * x + 6485.558298266761) * x + 18615.571640885097) *
      x +
      34900.95272114598) *
      x +
      38912.00328609327) *
      x +
    19685.429676859992;
  return numerator / denominator;
}

function farTail(x: number): number {
  const inverse = 1 / (x * x);
  const numerator =
    ((((0.023073441764940174 * inverse + 0.215898534057957) * inverse + 0.12740116116024736) * inverse + 0.022235277870649807) * inverse +
      0.0014216191932278934) *
      inverse +
    2.9112874951168793e-5;
  const denominator =
    ((((inverse + 1.284260096144911) * inverse + 0.4682382124808651) * inverse + 0.06598813786892856) * inverse + 0.0037823963320275824) *
      inverse +
    7.297515550839662e-5;
  return (INVERSE_SQRT_2PI - (inverse * numerator) / denominator) / x;
}
