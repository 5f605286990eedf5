import { issueLines, issuesInWords } from "../../../kernel/text/issues.ts";
import { type Issue, TinyTroupeError } from "../../../kernel/values/errors.ts";
import { plainCopy } from "../../../persona/plain-data.ts";
import { contradictionsIn } from "../check/contradictions.ts";
import { type Instrument, InstrumentDocument } from "../document.ts";
import { kindOf } from "../items.ts";
import { withoutGaps } from "../written.ts";
import { inOneLanguage } from "./languages.ts";

/** A thousand items with their options in ten languages. */
const largest = { depth: 24, values: 500_000, characters: 8_000_000 };

/** In which language an instrument is read, and where it comes from, for errors. */
export interface ReadInstrumentOptions {
  /** One of its languages; the one that it names as its own unless told. */
  readonly language?: string;
  readonly file?: string;
  /** Adds to an issue where in the file it is. */
  readonly placed?: (issue: Issue) => Issue;
}

/**
 * An instrument from plain data, in one of its languages; every text has to be there in all of them. Throws SURVEY_INVALID
 * with all that is wrong, each at its path, and TARGET_UNKNOWN for a language that it does not have.
 * @example
 * parseInstrument({ survey: 1, name: "tea", items: [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?" }] }).blocks.length; // => 1
 */
export function parseInstrument(given: unknown, options: ReadInstrumentOptions = {}): Instrument {
  const { file, placed = (issue) => issue } = options;
  const refuse = (issues: readonly Issue[]): TinyTroupeError => invalidInstrument(issues.map(placed), file);
  const { data: value, issues: unusable } = plainCopy(given, [], largest);
  if (unusable.length > 0) throw refuse(unusable);
  const { language, languages } = languagesOf(value, options.language);
  const spoken = inOneLanguage(InstrumentDocument, value, { language, languages });
  const read = InstrumentDocument.safeParse(spoken.value);
  if (!read.success) throw refuse(issuesInWords(read.error.issues, { whole: value, schema: InstrumentDocument }));
  const issues = [...spoken.issues, ...contradictionsIn(read.data, languages)];
  if (issues.length > 0) throw refuse(issues);
  return settled(read.data, { language, languages });
}

interface Languages {
  readonly language: string;
  readonly languages: readonly string[];
}

function languagesOf(value: unknown, asked: string | undefined): Languages {
  const read = InstrumentDocument.pick({ language: true, languages: true }).loose().safeParse(value);
  // What is wrong with these is told with all the rest.
  const { language: own, languages = [own] } = read.success ? read.data : { language: "en" };
  const language = asked ?? own;
  if (!languages.includes(language) && asked !== undefined) {
    throw new TinyTroupeError("TARGET_UNKNOWN", `The survey is not written in '${language}'.`, {
      data: { target: language, known: languages },
      hint: `It is written in: ${languages.join(", ")}.`,
    });
  }
  return { language, languages };
}

function settled({ $schema: _, items, blocks, ...document }: InstrumentDocument, spoken: Languages): Instrument {
  const single = { id: "all", itemOrder: "written", fixed: false, items: items ?? [] } as const;
  const whole = (blocks ?? [single]).map((block) => ({
    ...block,
    items: block.items.map((item) => kindOf(item).settled?.(item) ?? item),
  }));
  return withoutGaps({ ...document, ...spoken, blocks: whole }) as Instrument;
}

/** An error with all that is wrong with an instrument. */
export function invalidInstrument(issues: readonly Issue[], file?: string): TinyTroupeError<"SURVEY_INVALID"> {
  const head = `The survey${file === undefined ? "" : ` ${file}`} is not valid:`;
  return new TinyTroupeError("SURVEY_INVALID", [head, ...issueLines(issues, file)].join("\n"), {
    data: file === undefined ? { issues } : { file, issues },
    hint: "Mend what is named above, and look again: tinytroupe survey check <file>",
  });
}
