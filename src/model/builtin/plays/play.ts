import type { ModelRequest } from "../../../kernel/contracts/model.ts";
import type { Random } from "../../../kernel/values/random.ts";
import type { Character } from "../character/character.ts";
import type { Author } from "../fill/author.ts";
import { freshIn, type Reader, writtenIn } from "../reading.ts";
import type { Shape } from "../shape/shape.ts";
import { core } from "../shape/shape.ts";
import { readScene } from "../speech/scene.ts";
import { turnDraft } from "./act.ts";
import { authorFor } from "./author.ts";
import { biographyOf } from "./persona/biography.ts";
import { answersIn } from "./persona/description.ts";
import { personaAround, personaDraft } from "./persona/generate.ts";
import { variationDraft } from "./persona/vary.ts";
import { itemDraft } from "./population/data-items.ts";
import { proposalDraft } from "./population/proposal.ts";
import { consolidationDraft } from "./record/consolidate.ts";
import { extractDraft } from "./record/extract.ts";
import { readRecord } from "./record/findings.ts";
import { recallDraft } from "./record/recall.ts";
import { reportDraft } from "./record/report.ts";
import { storyDraft } from "./record/story.ts";
import { ballotDraft } from "./review/ballot.ts";
import { codesDraft } from "./review/codes.ts";
import { decisionsDraft } from "./review/decisions.ts";
import { judgeDraft } from "./review/judge.ts";
import { codingDraft, questionnaireDraft } from "./review/questionnaire.ts";
import { repairDraft } from "./review/repair.ts";
import type { Offer } from "./tools/offer.ts";

/** What is played: an answer in parts, and who writes the rest. */
export interface Script {
  readonly draft: unknown;
  readonly author: Author;
}

/** What of a request the rules read, beside its shape. */
export type Question = Pick<ModelRequest<unknown>, "messages" | "purpose" | "sample" | "seed" | "rehearsal">;

export interface Casting {
  readonly request: Question;
  readonly shape: Shape;
  readonly character: Character;
  readonly reader: Reader;
  /** What a schema offers to do. */
  readonly offerOf: (shape: Shape) => Offer;
  readonly dice: Random;
  /** How long it may be: 1 is usual. */
  readonly brief: number;
}

/** Reads what is asked and decides what is played. */
export function scriptFor(casting: Casting): Script {
  const { request, shape } = casting;
  const scene = readScene(casting);
  const author = authorFor(scene);
  switch (request.purpose) {
    case "act": {
      const { messages } = request;
      const parts = { fresh: freshIn(messages, casting.reader), written: writtenIn(messages, casting.reader) };
      return { draft: turnDraft(scene, shape, { author, offer: casting.offerOf(shape), ...parts }), author };
    }
    case "extract": {
      const coding = codingDraft(scene, shape, author);
      if (coding !== undefined) return { draft: coding, author };
      const record = readRecord(scene.conversation.lines, request.messages, casting.reader);
      return { draft: extractDraft(shape, record, scene.voice.phrases.nothing), author };
    }
    case "consolidate":
      return { draft: consolidationDraft(scene, request, casting.reader), author };
    case "recall":
      return { draft: recallDraft(request, casting.reader), author };
    case "generate":
      return { draft: generated(casting), author };
    case "elicit":
      return {
        draft: ballotDraft(scene, request.messages, casting.reader) ?? questionnaireDraft(scene, shape, author),
        author,
      };
    case "judge":
    case "intervene":
      return { draft: judgeDraft(shape, { ...casting, messages: request.messages }), author };
    case "repair": {
      return { draft: repairDraft(scene, { ...casting, author, messages: request.messages }), author };
    }
    case "story": {
      const people = request.rehearsal?.others ?? [];
      return { draft: storyDraft({ ...casting, messages: request.messages, people }), author };
    }
    case "report":
      return { draft: reportDraft(request.messages, casting.reader), author };
    case "resolve":
      return { draft: decisionsDraft(request.messages, casting), author };
    default:
      return { draft: codesDraft(request.messages.map(casting.reader.text).join("\n")), author };
  }
}

/** A biography, a population, or a person where the answer is one, or a list of them; anything else is written field by field. */
function generated({ request, shape, character, reader, dice }: Casting): unknown {
  const { body } = core(shape);
  if (body.kind === "object" && body.fields.some(({ name }) => name === "biography")) {
    return { biography: biographyOf(character) };
  }
  if (body.kind === "object" && body.fields.some(({ name }) => name === "edits")) {
    return variationDraft(request.messages.map(reader.text).join("\n"));
  }
  const given = request.rehearsal?.persona;
  if (given !== undefined) {
    const setting = request.messages.map(reader.text).join("\n");
    return personaAround(given, /<setting>([\s\S]*?)<\/setting>/.exec(setting)?.[1] ?? answersIn(setting) ?? "", dice);
  }
  const text = request.messages
    .filter((message) => message.role === "user")
    .map(reader.text)
    .join("\n");
  if (isProposal(shape)) return proposalDraft(text);
  const item = itemDraft(text, shape, dice);
  if (item !== undefined) return item;
  const taken = [...(request.rehearsal?.others ?? [])];
  const one = (): unknown => {
    const draft = personaDraft(answersIn(text) ?? text, taken, dice);
    taken.push(String(draft["name"]));
    return draft;
  };
  return draftPeople(shape, one, dice);
}

function draftPeople(shape: Shape, one: () => unknown, dice: Random): unknown {
  const { body } = core(shape);
  if (body.kind === "list" && isPerson(body.element)) {
    return Array.from({ length: Math.max(body.min, Math.min(body.max, 2 + dice.integer(3))) }, one);
  }
  if (body.kind !== "object" || isPerson(shape)) return body.kind === "object" ? one() : undefined;
  return Object.fromEntries(body.fields.map((field) => [field.name, draftPeople(field.shape, one, dice)]));
}

/** Whom a population consists of: dimensions, and remarks on where they are from. */
function isProposal(shape: Shape): boolean {
  const { body } = core(shape);
  const names = body.kind === "object" ? body.fields.map(({ name }) => name) : [];
  return ["dimensions", "tables", "remarks"].every((name) => names.includes(name));
}

function isPerson(shape: Shape): boolean {
  const { body } = core(shape);
  if (body.kind !== "object") return false;
  const told = ["age", "job", "nationality", "trait", "belief", "interest", "like", "gender"];
  return (
    body.fields.some((field) => /^(?:full_?)?name$/i.test(field.name)) &&
    body.fields.some((field) => told.includes(field.meaning))
  );
}
