import type { BigIntBody, NumberBody } from "../shape/shape.ts";

/** The valid number nearest to the wanted one, or undefined when no number is valid. */
export function nearestNumber(body: NumberBody, wanted: number): number | undefined {
  const step = body.integer ? lcm([1, ...body.steps]) : lcm(body.steps);
  if (step !== undefined && step > 0) return nearestStep(body, wanted, step);
  const margin = (edge: number): number => Math.max(Math.abs(edge) * 1e-9, 1e-9);
  const room = body.max - body.min;
  const inset = Number.isFinite(room) ? Math.min(room / 4, 0.001 * room + 1e-9) : undefined;
  const low = body.minExclusive ? body.min + (inset ?? margin(body.min)) : body.min;
  const high = body.maxExclusive ? body.max - (inset ?? margin(body.max)) : body.max;
  if (low > high || (room <= 0 && (body.minExclusive || body.maxExclusive))) return undefined;
  const rounded = Number(wanted.toPrecision(3));
  return rounded >= low && rounded <= high ? rounded : Math.min(high, Math.max(low, wanted));
}

function nearestStep(body: NumberBody, wanted: number, step: number): number | undefined {
  const valid = (index: number): boolean => {
    const value = exact(index * step);
    const above = body.minExclusive ? value > body.min : value >= body.min;
    return above && (body.maxExclusive ? value < body.max : value <= body.max);
  };
  const lowest = Math.ceil(body.min / step) - 1;
  const highest = Math.floor(body.max / step) + 1;
  const index = Math.min(highest, Math.max(lowest, Math.round(wanted / step)));
  for (const shift of [0, 1, -1, 2, -2, 3, -3]) if (valid(index + shift)) return exact((index + shift) * step) + 0;
  return undefined;
}

/** Products such as 3 × 0.1 without the noise of binary fractions. */
const exact = (value: number): number => (Number.isSafeInteger(value) ? value : Number(value.toPrecision(12)));

/** The least common multiple of steps, fractions included; undefined for none. */
function lcm(steps: readonly number[]): number | undefined {
  if (steps.length === 0) return undefined;
  const decimals = Math.max(...steps.map((step) => (String(step).split(/\.|e-/)[1] ?? "").length));
  const scale = 10 ** Math.min(12, decimals);
  const whole = steps.map((step) => Math.round(step * scale));
  const gcd = (left: number, right: number): number => (right === 0 ? left : gcd(right, left % right));
  return whole.reduce((left, right) => (left / gcd(left, right)) * right) / scale;
}

/** The range in which an answer without a wish is drawn: the bounds, or a plain one beside the bound there is. */
export function plainRange(body: NumberBody): [low: number, high: number] {
  const wide = (edge: number): boolean => !Number.isFinite(edge) || Math.abs(edge) > 1e9;
  if (!wide(body.min) && !wide(body.max)) return [body.min, body.max];
  const span = Math.max(10, ...body.steps.map((step) => step * 10));
  if (!wide(body.min)) return [body.min, Math.min(body.max, body.min + span)];
  if (!wide(body.max)) return [Math.max(body.min, body.max - span), body.max];
  return [Math.max(body.min, 0), Math.min(body.max, span)];
}

export function nearestBigInt(body: BigIntBody, wanted: number): bigint | undefined {
  const start = BigInt(Math.round(Math.min(9e15, Math.max(-9e15, wanted))));
  const inside = body.min !== undefined && start < body.min ? body.min : start;
  const kept = body.max !== undefined && inside > body.max ? body.max : inside;
  const step = body.step === 0n ? 1n : body.step;
  const floor = kept - (((kept % step) + step) % step);
  return [floor, floor + step, floor - step].find(
    (value) => (body.min === undefined || value >= body.min) && (body.max === undefined || value <= body.max),
  );
}
