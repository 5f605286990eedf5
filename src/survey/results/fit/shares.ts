import type { GivenAnswer } from "../../../kernel/contracts/answers/answer.ts";
import type { Scale } from "../../../kernel/contracts/answers/scale.ts";
import { sum } from "../../../statistics/measured.ts";

/** How often each option is chosen, or is the first. */
export function sharesIn(
  answers: readonly GivenAnswer[],
  { kind, options }: Extract<Scale, { readonly options: unknown }>,
): number[] {
  const chosen = ({ value }: GivenAnswer, option: string): boolean => {
    if (!Array.isArray(value)) return String(value) === option;
    return kind === "ranking" ? value[0] === option : value.includes(option);
  };
  return options.map((option) => {
    const parts = answers.map((answer) => {
      const likely = answer.distribution ?? answer.inclusion;
      return likely?.[option] ?? Number(chosen(answer, option));
    });
    return sum(parts) / answers.length;
  });
}
