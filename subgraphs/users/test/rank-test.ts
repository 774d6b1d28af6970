/**
 * The probability of two samples that differ in rank at least as much as these if both come from one distribution:
 * the Mann-Whitney U test, two-sided, by its normal approximation (good from 20 values each on).
 */
export function mannWhitney(one: readonly number[], other: readonly number[]): number {
  const ranked = [...one.map((value) => ({ value, isOne: true })), ...other.map((value) => ({ value, isOne: false }))]
    .toSorted((a, b) => a.value - b.value)
    .map(({ isOne }, index) => (isOne ? index + 1 : 0));
  const rankSum = ranked.reduce((sum, rank) => sum + rank, 0);
  const u = rankSum - (one.length * (one.length + 1)) / 2;
  const mean = (one.length * other.length) / 2;
  const deviation = Math.sqrt((one.length * other.length * (one.length + other.length + 1)) / 12);
  return 2 * upperTail(Math.abs(u - mean) / deviation);
}

/** The standard normal distribution beyond z ≥ 0 (Abramowitz and Stegun, 26.2.17; wrong by less than 8e-8). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const polynomial = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153];
  const sum = polynomial.reduce((value, coefficient) => value * t + coefficient, 0) * t;
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
