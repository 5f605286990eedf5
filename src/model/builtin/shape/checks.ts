import type { z } from "zod";
import type { BigIntBody, DateBody, NumberBody, TextBody } from "./shape.ts";

/** What zod keeps about one check; which fields are there depends on `check`. */
interface CheckData {
  readonly check?: string;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly value?: unknown;
  readonly inclusive?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly length?: number;
  readonly size?: number;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly includes?: string;
  readonly mime?: readonly string[];
}

/** All checks of a schema as data; a format such as `z.email()` is a check of its own. */
export function checksOf(schema: z.core.$ZodType): readonly CheckData[] {
  const def = schema._zod.def as unknown as CheckData & { readonly checks?: readonly z.core.$ZodCheck[] };
  const own = def.check === undefined ? [] : [def];
  return [...own, ...(def.checks ?? []).map((check) => check._zod.def as unknown as CheckData)];
}

/** The least and the most items, characters or bytes that the checks allow. */
export function sizeOf(checks: readonly CheckData[]): { min: number; max: number } {
  let [min, max] = [0, Number.POSITIVE_INFINITY];
  for (const check of checks) {
    if (check.check === "min_length" || check.check === "min_size") min = Math.max(min, check.minimum ?? 0);
    if (check.check === "max_length" || check.check === "max_size") max = Math.min(max, check.maximum ?? max);
    const exact =
      check.check === "length_equals" ? check.length : check.check === "size_equals" ? check.size : undefined;
    if (exact !== undefined) [min, max] = [exact, exact];
  }
  return { min, max };
}

const affixes = new Set(["starts_with", "ends_with", "includes", "regex"]);

export function textBody(checks: readonly CheckData[]): TextBody {
  const formats = checks.filter((check) => check.check === "string_format");
  const named = formats.find((check) => check.format !== undefined && !affixes.has(check.format));
  const [details, name] = [named as Readonly<Record<string, unknown>> | undefined, named?.format];
  return {
    kind: "text",
    ...sizeOf(checks),
    patterns: formats.flatMap((check) => (check.pattern === undefined ? [] : [check.pattern])),
    ...(name !== undefined && details !== undefined ? { format: { name, details } } : {}),
    prefix: formats.find((check) => check.format === "starts_with")?.prefix ?? "",
    suffix: formats.find((check) => check.format === "ends_with")?.suffix ?? "",
    includes: formats.flatMap((check) => (check.includes === undefined ? [] : [check.includes])),
  };
}

const numberFormats: Readonly<Record<string, readonly [min: number, max: number, integer: boolean]>> = {
  safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, true],
  int32: [-2_147_483_648, 2_147_483_647, true],
  uint32: [0, 4_294_967_295, true],
  float32: [-3.4e38, 3.4e38, false],
};

export function numberBody(checks: readonly CheckData[]): NumberBody {
  let [min, max, minExclusive, maxExclusive, integer] = [-Infinity, Infinity, false, false, false];
  const steps: number[] = [];
  const raise = (to: number, exclusive: boolean): void => {
    if (to > min || (to === min && exclusive)) [min, minExclusive] = [to, exclusive];
  };
  const lower = (to: number, exclusive: boolean): void => {
    if (to < max || (to === max && exclusive)) [max, maxExclusive] = [to, exclusive];
  };
  for (const check of checks) {
    if (check.check === "greater_than") raise(Number(check.value), check.inclusive !== true);
    if (check.check === "less_than") lower(Number(check.value), check.inclusive !== true);
    if (check.check === "multiple_of") steps.push(Math.abs(Number(check.value)));
    const format = check.check === "number_format" ? numberFormats[check.format ?? ""] : undefined;
    if (format !== undefined) {
      raise(format[0], false);
      lower(format[1], false);
      integer ||= format[2];
    }
  }
  return { kind: "number", min, max, minExclusive, maxExclusive, integer, steps };
}

const bigintFormats: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

export function bigintBody(checks: readonly CheckData[]): BigIntBody {
  let [min, max, step]: [bigint | undefined, bigint | undefined, bigint] = [undefined, undefined, 1n];
  const raise = (to: bigint): void => {
    min = min === undefined || to > min ? to : min;
  };
  const lower = (to: bigint): void => {
    max = max === undefined || to < max ? to : max;
  };
  for (const check of checks) {
    const open = check.inclusive === true ? 0n : 1n;
    if (check.check === "greater_than") raise(BigInt(String(check.value)) + open);
    if (check.check === "less_than") lower(BigInt(String(check.value)) - open);
    if (check.check === "multiple_of") step = BigInt(String(check.value));
    const format = check.check === "bigint_format" ? bigintFormats[check.format ?? ""] : undefined;
    if (format !== undefined) {
      raise(format[0]);
      lower(format[1]);
    }
  }
  return { kind: "bigint", min, max, step: step < 0n ? -step : step };
}

/** Dates without bounds lie between 1970 and 2035. */
export function dateBody(checks: readonly CheckData[]): DateBody {
  const bounds = numberBody(checks.map((check) => ({ ...check, value: momentOf(check.value) })));
  const min = bounds.min + (bounds.minExclusive ? 1 : 0);
  const max = bounds.max - (bounds.maxExclusive ? 1 : 0);
  const span = 65 * 365 * 86_400_000;
  if (Number.isFinite(min)) return { kind: "date", min, max: Number.isFinite(max) ? max : min + span };
  return Number.isFinite(max) ? { kind: "date", min: max - span, max } : { kind: "date", min: 0, max: span };
}

const momentOf = (value: unknown): number => (value instanceof Date ? value.getTime() : Number(value));
