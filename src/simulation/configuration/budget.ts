import { type Budget, TinyTroupeError } from "../../kernel/values/errors.ts";
import { counted } from "../../kernel/values/usage.ts";

const scale: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6 };

/**
 * A budget as people write it.
 * @throws OPTION_INVALID
 * @example
 * parseBudget("200 calls, 1.5M tokens, 2 usd"); // => { calls: 200, tokens: 1500000, usd: 2 }
 */
export function parseBudget(text: string): Budget {
  const budget: Budget = {};
  for (const part of text.split(/[,;+]/).map((piece) => piece.trim())) {
    const match = /^(\$?)\s*(\d+(?:\.\d+)?)\s*([km]?)\s*(calls?|tokens?|usd|dollars?|\$)?$/i.exec(part);
    const unit = match?.[1] === "$" ? "usd" : match?.[4]?.toLowerCase();
    if (!match || unit === undefined) throw invalid(text);
    const amount = Number(match[2]) * (scale[(match[3] ?? "").toLowerCase()] ?? 1);
    const money = !/^(call|token)/.test(unit);
    if (!money && !Number.isInteger(amount)) throw invalid(text);
    if (unit.startsWith("call")) budget.calls = amount;
    else if (unit.startsWith("token")) budget.tokens = amount;
    else budget.usd = amount;
  }
  return budget;
}

/**
 * A budget as a person would write it, and as `parseBudget` reads it.
 * @example
 * budgetText({ calls: 200, usd: 2 }); // => "200 calls, $2"
 */
export function budgetText({ calls, tokens, usd }: Budget): string {
  return [
    calls !== undefined && counted(calls, "call"),
    tokens !== undefined && counted(tokens, "token"),
    usd !== undefined && `$${usd}`,
  ]
    .filter(Boolean)
    .join(", ");
}

function invalid(text: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `'${text}' is no budget.`, {
    data: { option: "--budget", value: text },
    hint: 'Write it as in --budget "200 calls, 1.5M tokens, 2 usd"; any one of the three will do.',
  });
}
