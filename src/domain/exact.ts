// Sums and ratios of decimal figures without the tail that binary arithmetic leaves (0.1 + 0.2 = 0.30000000000000004).

/** A figure and how many decimals it was given with. */
export type Decimal = { readonly number: number; readonly decimals: number };

/** The exact sum, with the most decimals any figure has; 0 without figures. */
export function sumOf(figures: readonly Decimal[]): Decimal {
  const decimals = Math.max(0, ...figures.map((each) => each.decimals));
  const total = figures.reduce((sum, { number }) => sum + scaled(number, decimals), 0n);
  return { number: unscaled(total, decimals), decimals };
}

/** part / whole in per cent, rounded (half up) to so many decimals as spreadsheets do; undefined when the whole is 0. */
export function percentOf(part: Decimal, whole: Decimal, decimals: number): number | undefined {
  const divisor = scaled(whole.number, whole.decimals) * power(part.decimals);
  if (divisor === 0n) return undefined;
  const dividend = scaled(part.number, part.decimals) * power(whole.decimals + 2 + decimals);
  return unscaled((2n * dividend + divisor) / (2n * divisor), decimals);
}

const power = (exponent: number): bigint => 10n ** BigInt(exponent);
const scaled = (number: number, decimals: number): bigint =>
  BigInt(number.toFixed(decimals).replace('.', ''));
const unscaled = (whole: bigint, decimals: number): number => Number(`${whole}e-${decimals}`);
