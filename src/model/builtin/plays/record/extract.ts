import { sentences, shared, stems } from "../../../../kernel/language/stems.ts";
import { keyPhrases } from "../../character/topics/key-phrases.ts";
import { absent } from "../../fill/author.ts";
import type { Meaning } from "../../shape/meaning.ts";
import { wordsOf } from "../../shape/meaning.ts";
import type { FieldShape, ObjectBody, Shape } from "../../shape/shape.ts";
import { core } from "../../shape/shape.ts";
import { feelingIn, reasonIn } from "../../speech/listening/cues.ts";
import { choosing, decided } from "../decide.ts";
import { eventWith, evidenceRows, exempting, numbered, type Trail } from "./evidence.ts";
import type { Finding, Said } from "./findings.ts";
import { wordsOfSpeaker } from "./findings.ts";

/** What one row, or the whole answer, is about. */
interface About {
  readonly said: Said;
  readonly speaker?: string;
  readonly finding?: Finding;
  /** What to write where nothing was said and something must stand. */
  readonly nothing: string;
  /** Where rows ended up, with the events they rest on. */
  readonly trail: Trail[];
}

type Spot = Pick<FieldShape, "name" | "meaning" | "description"> & { readonly path: string };

const root: Spot = { name: "answer", meaning: "other", description: "", path: "" };

const at = (spot: Spot, step: string | number): string => (spot.path === "" ? String(step) : `${spot.path}.${step}`);

/** Rows and fields from what was really said: sentences with their speakers, choices by what people said of them. */
export function extractDraft(shape: Shape, said: Said, nothing: string): unknown {
  return draftFor(shape, root, { said, nothing, trail: [] });
}

function draftFor(shape: Shape, spot: Spot, about: About): unknown {
  const { body } = core(shape);
  switch (body.kind) {
    case "object":
      return objectFor(body, spot, about);
    case "list":
      return listFor(body.element, spot, about);
    case "choice":
      return tracked(choiceFor(body.options, spot, about), spot, about) ?? absent;
    case "number":
      return tracked(numberFor(spot, about, [body.min, body.max]), spot, about) ?? absent;
    case "text":
      return tracked(textFor(spot, about), spot, about) ?? (shape.body.kind === "maybe" ? absent : about.nothing);
    case "record":
      return recordFor(core(body.key), about);
    case "union":
      return unionFor(body.options, spot, about);
    default:
      return undefined;
  }
}

/** What the rest rests on is told last, wherever it stands. */
function objectFor(body: ObjectBody, spot: Spot, about: About): unknown {
  const inOrder = body.fields.toSorted(
    (one, other) => Number(one.meaning === "evidence") - Number(other.meaning === "evidence"),
  );
  return Object.fromEntries(
    inOrder.map((field) => [field.name, draftFor(field.shape, { ...field, path: at(spot, field.name) }, about)]),
  );
}

function unionFor(options: readonly Shape[], spot: Spot, about: About): unknown {
  const [exempt] = options.flatMap(exemption);
  const words = exempt === undefined ? undefined : exempting(about.said, about.speaker);
  if (words !== undefined) return { [exempt as string]: words };
  const drafts = options
    .filter((option) => exemption(option).length === 0)
    .map((option) => draftFor(option, spot, about));
  const told = exempt === undefined ? undefined : about.nothing;
  return drafts.find((draft) => draft !== undefined && draft !== absent && draft !== told) ?? absent;
}

/** That something does not apply is said by an option of its own. */
function exemption(option: Shape): readonly string[] {
  const { body } = core(option);
  const names = body.kind === "object" ? body.fields.map(({ name }) => name) : [];
  return names.length === 1 && names[0] === "notApplicable" ? names : [];
}

/** What stands in a part of its own is quoted for it. */
function tracked<T>(draft: T | undefined, { path }: Spot, about: About): T | undefined {
  const { said, speaker, finding, trail } = about;
  if (draft === undefined || speaker !== undefined || finding !== undefined) return draft;
  const words = String(draft);
  const event = eventWith(said, words);
  if (event === undefined) trail.push({ path, evidence: evidenceFor(about) });
  else trail.push({ path, evidence: [event], words });
  return draft;
}

/** Which sentences make rows, told by the list's name and then by what a row holds. */
function listFor(element: Shape, spot: Spot, about: About): unknown {
  const { body } = core(element);
  if (spot.meaning === "evidence")
    return body.kind === "object" ? evidenceRows(body, about.said, trailOf(about)) : evidenceFor(about).map(numbered);
  if (body.kind !== "object") {
    const items = body.kind === "choice" ? chosenAmong(body.options, about) : textsFor(spot, about);
    for (const [index, item] of items.entries()) tracked(item, { ...spot, path: at(spot, index) }, about);
    return items;
  }
  const rows = rowsFor(spot, body, about);
  return rows.map((row, index) => {
    const words = row.finding?.sentence;
    about.trail.push({ path: at(spot, index), evidence: evidenceFor({ ...about, ...row }), words });
    return draftFor(element, { ...root, path: at(spot, index) }, { ...about, ...row });
  });
}

const trailOf = (about: About): readonly Trail[] =>
  about.trail.length > 0 ? about.trail : [{ path: "", evidence: evidenceFor(about) }];

function rowsFor(spot: Spot, body: ObjectBody, { said, speaker }: About): Partial<About>[] {
  const meanings = new Set([spot.meaning, ...body.fields.map((field) => field.meaning)]);
  const kinds: readonly (readonly [Meaning, readonly Finding[]])[] = [
    ["idea", said.proposals],
    ["problem", said.worries],
    ["question", said.questions],
    ["opinion", said.opinions],
    ["speech", said.opinions],
  ];
  const own = kinds.find(([meaning]) => meaning === spot.meaning) ?? kinds.find(([meaning]) => meanings.has(meaning));
  if (own === undefined && !meanings.has("benefit")) return said.speakers.map((name) => ({ speaker: name }));
  const findings = (own?.[1] ?? said.proposals).filter((finding) => speaker === undefined || finding.from === speaker);
  const rows = findings.map((finding) => ({ finding, speaker: finding.from }));
  // What each person holds is one thing, however often they say so.
  return own?.[1] === said.opinions
    ? rows.filter(({ speaker: one }, at) => rows.findIndex((row) => row.speaker === one) === at)
    : rows;
}

function textsFor({ meaning }: Spot, { said, speaker, finding }: About): readonly string[] {
  const of = (findings: readonly Finding[], field: "idea" | "sentence"): string[] =>
    findings.filter((one) => speaker === undefined || one.from === speaker).map((one) => one[field] ?? one.sentence);
  switch (meaning) {
    case "who":
    case "name":
      return finding === undefined ? said.speakers : [finding.from];
    case "idea":
      return of(said.proposals, "idea");
    case "benefit":
      return said.proposals.flatMap((one) => one.benefit ?? []);
    case "problem":
      return of(said.worries, "sentence");
    case "question":
      return of(said.questions, "sentence");
    case "keyword":
    case "title":
      return keyPhrases(finding?.sentence ?? wordsOfSpeaker(said, speaker), 5);
    default:
      return finding === undefined ? of(said.opinions, "sentence").slice(0, 6) : [finding.sentence];
  }
}

function textFor(spot: Spot, about: About): string | undefined {
  const { said, speaker, finding } = about;
  const [first] = said.lines.filter((line) => speaker === undefined || line.from === speaker);
  if (first === undefined) return undefined;
  switch (spot.meaning) {
    case "who":
    case "name":
      return speaker ?? (spot.meaning === "who" ? first.from : undefined);
    case "idea":
      return (finding ?? firstOf(said.proposals, speaker))?.idea ?? finding?.sentence;
    case "benefit":
      return (finding ?? firstOf(said.proposals, speaker))?.benefit;
    case "problem":
      return (finding ?? firstOf(said.worries, speaker))?.sentence;
    case "question":
      return (finding ?? firstOf(said.questions, speaker))?.sentence;
    case "reason":
      return reasonFor(about);
    case "evidence":
      return evidenceFor(about)[0];
    case "choice":
      return (
        said.proposals.find((one) => one.from === speaker)?.idea ?? keyPhrases(wordsOfSpeaker(said, speaker), 1)[0]
      );
    case "title":
    case "keyword":
    case "product":
      return keyPhrases(finding?.idea ?? finding?.sentence ?? wordsOfSpeaker(said, speaker), 1)[0];
    case "emotion":
      return feelingWord(feelingIn(finding?.sentence ?? wordsOfSpeaker(said, speaker)));
    case "summary":
    case "description":
      return finding?.sentence ?? summary(about);
    default:
      return matching(spot, about);
  }
}

const feelingWord = (feeling: number): string => (feeling > 0.2 ? "positive" : feeling < -0.2 ? "negative" : "neutral");
const firstOf = (findings: readonly Finding[], speaker: string | undefined): Finding | undefined =>
  findings.find((finding) => speaker === undefined || finding.from === speaker);

/** The sentence that shares the most words with what the field asks for; of one person, else the first thing that they hold. */
function matching(spot: Spot, { said, speaker, finding }: About): string | undefined {
  if (finding !== undefined) return finding.sentence;
  const wanted = stems(`${wordsOf(spot.name).join(" ")} ${spot.description}`);
  const all = sentences(wordsOfSpeaker(said, speaker));
  const scored = all.map((sentence) => ({ sentence, score: shared(wanted, stems(sentence)) }));
  const best = scored.toSorted((one, other) => other.score - one.score)[0];
  if (spot.name === root.name || (best !== undefined && best.score > 0)) return best?.sentence;
  return speaker === undefined ? undefined : firstOf(said.opinions, speaker)?.sentence;
}

/** The reason given in the same breath, or the sentence after it. */
function reasonFor({ said, speaker, finding }: About): string | undefined {
  const line = said.lines.find(
    (one) => finding !== undefined && one.from === finding.from && one.text.includes(finding.sentence),
  );
  const all = sentences(line?.text ?? wordsOfSpeaker(said, speaker));
  const main = all.findIndex((sentence) => finding?.sentence.includes(sentence) ?? choosing.test(sentence));
  const near = main < 0 ? all : all.slice(main, main + 3);
  const told = all.filter((sentence) => !/[?？؟]$/u.test(sentence));
  const next = told.find((sentence) => all.indexOf(sentence) > main);
  return near.map(reasonIn).find((reason) => reason !== undefined) ?? next ?? told.at(-1);
}

/** Who said what first and last, shortly. */
function summary({ said, speaker }: About): string {
  const speakers = speaker === undefined ? said.speakers : [speaker];
  const parts = speakers.slice(0, 8).map((name) => {
    const own = firstOf(said.proposals, name) ?? firstOf(said.opinions, name);
    const words = own?.sentence ?? sentences(wordsOfSpeaker(said, name))[0] ?? "";
    return `${name}: ${words}`;
  });
  return parts.join(" ");
}

function evidenceFor({ said, speaker, finding }: About): string[] {
  if (finding !== undefined && finding.evidence.length > 0) return [...finding.evidence];
  const all = [...said.proposals, ...said.opinions].filter((one) => speaker === undefined || one.from === speaker);
  const found = [...new Set(all.flatMap((one) => one.evidence))].slice(0, 5);
  return found.length > 0
    ? found
    : said.events
        .filter((event) => speaker === undefined || event.from === speaker)
        .slice(0, 5)
        .map((event) => event.id);
}

function choiceFor(options: readonly unknown[], spot: Spot, about: About): unknown {
  const { said, speaker, finding } = about;
  const text = finding?.sentence ?? wordsOfSpeaker(said, speaker);
  return text === "" ? undefined : decided(options, text, `${wordsOf(spot.name).join(" ")} ${spot.description}`);
}

/** Of a list of choices, those that were spoken of. */
function chosenAmong(options: readonly unknown[], { said, speaker, finding }: About): unknown[] {
  const text = (finding?.sentence ?? wordsOfSpeaker(said, speaker)).toLowerCase();
  return options.filter((option) => text.includes(String(option).toLowerCase().replaceAll("_", " ")));
}

function numberFor(spot: Spot, about: About, [min, max]: readonly [number, number]): number | undefined {
  const { said, speaker, finding } = about;
  const text = finding?.sentence ?? wordsOfSpeaker(said, speaker);
  if (spot.meaning === "count") return countFor(spot, about);
  if (text === "") return undefined;
  const spoken = [...text.matchAll(/\d+(?:[.,]\d+)?/g)].map((match) => Number(match[0].replace(",", ".")));
  const named = spoken.find((value) => value >= min && value <= max);
  if (named !== undefined) return named;
  const scale = ["rating", "probability", "other", "choice", "emotion", "opinion"].includes(spot.meaning);
  if (!scale || !Number.isFinite(min) || !Number.isFinite(max) || max - min > 1_000) return undefined;
  return min + ((feelingIn(text) + 1) / 2) * (max - min);
}

function countFor({ name, description }: Spot, { said, speaker }: About): number {
  const of = `${name} ${description}`;
  const mine = <T extends { from: string }>(items: readonly T[]): number =>
    items.filter((one) => speaker === undefined || one.from === speaker).length;
  if (/idea|proposal|suggestion|feature/i.test(of)) return mine(said.proposals);
  if (/people|person|participant|speaker|member/i.test(of)) return said.speakers.length;
  if (/question/i.test(of)) return mine(said.questions);
  if (/concern|problem|worr|objection|complaint/i.test(of)) return mine(said.worries);
  return mine(said.lines);
}

/** How often each option was spoken of. */
function recordFor(key: Shape, { said, speaker }: About): unknown {
  if (key.body.kind !== "choice") return {};
  const text = wordsOfSpeaker(said, speaker).toLowerCase();
  const counted = key.body.options.map(
    (option) => [String(option), text.split(String(option).toLowerCase()).length - 1] as const,
  );
  return Object.fromEntries(counted);
}
