import { type Issue, isTinyTroupeError } from "../../../kernel/values/errors.ts";
import type { Instrument } from "../document.ts";
import { parseInstrument } from "./parse.ts";

type Data = Readonly<Record<string, unknown>>;
interface Block extends Data {
  readonly items: readonly Data[];
}

/** An instrument as it was read, before it is checked. */
export interface ReadSurvey extends Data {
  readonly blocks: readonly Block[];
}

/** What follows from other questions can be given up without the question. */
const following: readonly string[] = ["if", "skip", "screenOut"];

/** The instrument without what makes it invalid, each question or rule by name; throws SURVEY_INVALID where nothing is left. */
export function withoutFaults(survey: ReadSurvey, file: string | undefined): { instrument: Instrument; left: Issue[] } {
  const left: Issue[] = [];
  for (let current = survey; ; ) {
    try {
      return { instrument: parseInstrument(current, file === undefined ? {} : { file }), left };
    } catch (error) {
      const mended = isTinyTroupeError(error, "SURVEY_INVALID") ? mend(current, error.data.issues) : undefined;
      if (mended === undefined) throw error;
      left.push(...mended.left);
      current = mended.survey;
    }
  }
}

/** Undefined where no question is at fault, or none would be left. */
function mend(survey: ReadSurvey, issues: readonly Issue[]): { survey: ReadSurvey; left: Issue[] } | undefined {
  const left: Issue[] = [];
  const blocks = survey.blocks.map((block, at) => ({
    ...block,
    items: block.items.flatMap((item, place) => {
      const own = issues.filter(({ path }) => `${path}.`.startsWith(`blocks.${at}.items.${place}.`));
      const [first] = own;
      if (first === undefined) return [item];
      const keys = own.map(({ path }) => path.split(".")[4] ?? "");
      const rulesAlone = keys.every((key) => following.includes(key));
      const what = rulesAlone ? `Its '${keys[0]}' is left out` : "It is left out";
      left.push({ path: String(item["id"]), message: `${what}: ${first.message}` });
      return rulesAlone ? [Object.fromEntries(Object.entries(item).filter(([key]) => !keys.includes(key)))] : [];
    }),
  }));
  const kept = blocks.filter(({ items }) => items.length > 0);
  return left.length === 0 || kept.length === 0 ? undefined : { survey: { ...survey, blocks: kept }, left };
}
