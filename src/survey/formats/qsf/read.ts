import type { Issue } from "../../../kernel/values/errors.ts";
import { plainCopy } from "../../../persona/plain-data.ts";
import { reservedIds } from "../../instrument/check/contradictions.ts";
import type { Instrument } from "../../instrument/document.ts";
import { type ReadSurvey, withoutFaults } from "../../instrument/read/mend.ts";
import { invalidInstrument } from "../../instrument/read/parse.ts";
import { QsfBlock, QsfFile, QsfQuestion } from "./file.ts";
import { conditionOf, type Known, skipsOf } from "./logic.ts";
import { plainText } from "./plain.ts";
import { itemOf } from "./questions.ts";
import { unreadIn, unreadInBlock } from "./unread.ts";

const limits = { depth: 40, values: 500_000, characters: 32_000_000 };

/** What came of a file of Qualtrics. */
export interface QualtricsSurvey {
  readonly instrument: Instrument;
  /** What has no place in an instrument, each by the question that it is about: nothing is left out in silence. */
  readonly left: readonly Issue[];
}

/** An instrument from what was read of a file of Qualtrics; throws SURVEY_INVALID for what is none. */
export function parseQualtrics(value: unknown, file?: string): QualtricsSurvey {
  const { data, issues } = plainCopy(value, [], limits);
  if (issues.length > 0) throw invalidInstrument(issues, file);
  const read = QsfFile.safeParse(data);
  if (!read.success) throw invalidInstrument([{ path: "", message: "This is no survey of Qualtrics (.qsf)." }], file);
  const reader = new QsfReader(read.data);
  const { instrument, left } = withoutFaults(reader.document(), file);
  return { instrument, left: [...reader.left, ...left] };
}

/** Reads block by block, and keeps what has no place. */
class QsfReader {
  readonly left: Issue[] = [];
  readonly #file: QsfFile;
  readonly #known: Known;

  constructor(file: QsfFile) {
    this.#file = file;
    const read = file.SurveyElements.filter(({ Element }) => Element === "SQ").map(({ Payload, PrimaryAttribute }) => {
      const question = QsfQuestion.safeParse(Payload);
      if (!question.success) this.#leave(String(PrimaryAttribute ?? "a question"), "it cannot be read");
      return question.data;
    });
    const asked = new Set(
      this.#blocks().flatMap(({ BlockElements }) => BlockElements.map(({ QuestionID }) => QuestionID)),
    );
    const questions = read.filter((question) => question !== undefined);
    this.#known = {
      questions: new Map(questions.map((question) => [question.QuestionID, question])),
      names: namesOf(questions.filter(({ QuestionID }) => asked.has(QuestionID))),
    };
    const unreadable = blocksIn(file).filter((payload) => !QsfBlock.safeParse(payload).success);
    for (const _ of unreadable) this.#leave("a block", "it cannot be read, nor its questions");
    for (const { Element } of file.SurveyElements) {
      if (Element === "QO") this.#leave("quotas", "they are not read: write them anew");
      if (Element === "SCO") this.#leave("scoring", "it is not read: write it as computed items");
    }
  }

  document(): ReadSurvey {
    const { SurveyName, SurveyLanguage = "EN" } = this.#file.SurveyEntry;
    const blocks = this.#blocks().flatMap((block) => this.#block(block));
    this.#flow();
    return {
      survey: 1,
      name: plainText(SurveyName) || "survey",
      language: SurveyLanguage.toLowerCase().slice(0, 2),
      blocks: withOwnIds(blocks),
    };
  }

  #leave(path: string, message: string): void {
    this.left.push({ path, message });
  }

  #blocks(): readonly QsfBlock[] {
    const blocks = blocksIn(this.#file)
      .flatMap((payload) => QsfBlock.safeParse(payload).data ?? [])
      .filter(({ Type }) => Type !== "Trash");
    const order = flowOf(this.#file).flatMap(({ ID }) => (ID === undefined ? [] : [ID]));
    const placeOf = ({ ID = "" }: QsfBlock): number => (order.includes(ID) ? order.indexOf(ID) : order.length);
    return blocks.toSorted((one, other) => placeOf(one) - placeOf(other));
  }

  /** Branches, random orders of blocks and the like: what is not a block in its place. */
  #flow(): void {
    const strange = flowOf(this.#file).filter(({ Type }) => !["Block", "Standard", "EndSurvey", "Root"].includes(Type));
    for (const { Type } of strange)
      this.#leave("flow", `'${Type}' is not read: write it as conditions of items or blocks`);
  }

  #block(block: QsfBlock): ReadSurvey["blocks"] {
    const items = block.BlockElements.flatMap(({ Type, QuestionID = "", SkipLogic }) =>
      Type === "Question" ? this.#item(QuestionID, SkipLogic) : [],
    );
    if (items.length === 0) return [];
    const isShuffled = block.Options?.RandomizeQuestions === "RandomizeAll";
    const title = plainText(block.Description ?? "");
    for (const message of unreadInBlock(block)) this.#leave(title, message);
    return [{ id: "", ...(title !== "" && { title }), ...(isShuffled && { itemOrder: "shuffled" }), items }];
  }

  #item(id: string, skipLogic: unknown): readonly Item[] {
    const question = this.#known.questions.get(id);
    if (question === undefined) {
      this.#leave(id, "It is left out: a block names it, and there is no such question.");
      return [];
    }
    const name = this.#known.names.get(id) ?? question.DataExportTag ?? id;
    const text = this.#piped(plainText(question.QuestionText), name) || name;
    const optional = question.Validation?.Settings?.ForceResponse !== true && question.QuestionType !== "DB";
    const taken = itemOf({ question, base: { id: name, text, ...(optional && { optional }) } });
    if ("left" in taken) {
      this.#leave(name, `It is left out: ${taken.left}.`);
      return [];
    }
    if (taken.note !== undefined) this.#leave(name, `${taken.note}.`);
    for (const message of unreadIn(question)) this.#leave(name, message);
    const logic = question.DisplayLogic;
    const condition = logic === undefined || logic === null ? undefined : conditionOf(logic, this.#known);
    if (logic !== undefined && logic !== null && condition === undefined)
      this.#leave(name, "Its display logic is not read: it is asked of all.");
    const skip = skipLogic === undefined ? undefined : skipsOf(skipLogic, this.#known);
    if (skipLogic !== undefined && skip === undefined) this.#leave(name, "Its skip logic is not read: nobody skips.");
    return [{ ...taken.item, ...(condition && { if: condition }), ...(skip && { skip }) }];
  }

  /** Answers that the text takes in, where it is the answer to one question. */
  #piped(text: string, name: string): string {
    return text.replace(/\$\{([^{}]{1,300})\}/gu, (_, inside: string) => {
      const [, question = ""] =
        /^q:\/\/(QID\d+)\/(?:ChoiceGroup\/SelectedChoices|ChoiceTextEntryValue|ChoiceGroup\/SelectedAnswers)\S*$/.exec(
          inside,
        ) ?? [];
      const known = this.#known.names.get(question);
      if (known !== undefined) return `{{${known} | …}}`;
      this.#leave(name, `'${inside}' in its text is not read.`);
      return "…";
    });
  }
}

const blocksIn = ({ SurveyElements }: QsfFile): readonly unknown[] =>
  SurveyElements.filter(({ Element }) => Element === "BL").flatMap(({ Payload }) =>
    typeof Payload === "object" && Payload !== null ? Object.values(Payload) : [],
  );

interface FlowElement {
  readonly Type: string;
  readonly ID?: string;
}

/** The elements of the flow, those within others too, in their order. */
function flowOf({ SurveyElements }: QsfFile): readonly FlowElement[] {
  const within = (value: unknown): readonly FlowElement[] => {
    if (typeof value !== "object" || value === null) return [];
    const { Type, ID, Flow } = value as { Type?: unknown; ID?: unknown; Flow?: unknown };
    const own = typeof Type === "string" ? [{ Type, ...(typeof ID === "string" && { ID }) }] : [];
    return [...own, ...(Array.isArray(Flow) ? Flow.flatMap(within) : [])];
  };
  return SurveyElements.filter(({ Element }) => Element === "FL").flatMap(({ Payload }) => within(Payload));
}

/** What the questions that can be taken are called: as in exports of data where that is an id, and nothing else is called so. */
function namesOf(questions: readonly QsfQuestion[]): ReadonlyMap<string, string> {
  const taken = new Set<string>(reservedIds);
  const kept = questions.filter((question) => "item" in itemOf({ question, base: {} }));
  return new Map(
    kept.map(({ QuestionID, DataExportTag = "" }) => {
      const tag = DataExportTag.replace(/[^\w-]+/g, "_");
      const name = /^[A-Za-z][\w-]{0,99}$/.test(tag) && !taken.has(tag) ? tag : QuestionID;
      taken.add(name);
      return [QuestionID, name];
    }),
  );
}

type Item = Readonly<Record<string, unknown>>;

const withOwnIds = (blocks: ReadSurvey["blocks"]): ReadSurvey["blocks"] =>
  blocks.map((block, place) => ({ ...block, id: `block-${place + 1}` }));
