import { stanceOf } from "../../character/stance.ts";
import type { Author } from "../../fill/author.ts";
import { rootSpot } from "../../fill/author.ts";
import type { ObjectBody, Shape } from "../../shape/shape.ts";
import { core } from "../../shape/shape.ts";
import type { Scene } from "../../speech/scene.ts";
import { preferences, scaleOf } from "../author.ts";
import { decided } from "../decide.ts";

/** How far from where somebody stands on a scale they may answer, in points. */
const wavering = 0.8;

/** How likely a person is to give each of several answers: by what they like, or around where they stand on a scale. */
export function chancesOf(scene: Scene, question: string, labels: readonly string[]): number[] {
  const scale = scaleOf(labels);
  const liked = preferences(scene, question, labels).map((score) => Math.exp(score));
  const upwards = scale === undefined || scale[0].test(labels[0] ?? "");
  const held = ((stanceOf(scene, question) * (upwards ? 1 : -1) + 1) / 2) * (labels.length - 1);
  const weights = liked.map((weight, place) =>
    scale === undefined ? weight : Math.sqrt(weight) * Math.exp(-((place - held) ** 2) / (2 * wavering ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Answers to an item of a questionnaire, in each of the ways in which it is asked; undefined where none is. */
export function questionnaireDraft(scene: Scene, shape: Shape, author: Author): object | undefined {
  const { body } = core(shape);
  if (body.kind !== "object" || !scene.now.includes("that you have just read")) return undefined;
  const item = scene.conversation.last?.text ?? "";
  const asked = { scene, author, item, question: item.split("\n")[0] ?? "" };
  return Object.fromEntries(body.fields.map((field) => [field.name, fieldDraft(asked, field)]));
}

interface AskedItem {
  readonly scene: Scene;
  readonly author: Author;
  /** As it was put, with all that can be answered. */
  readonly item: string;
  readonly question: string;
}

function fieldDraft(asked: AskedItem, field: ObjectBody["fields"][number]): unknown {
  const { scene } = asked;
  switch (field.name) {
    case "thoughts":
    case "why":
      return viewOn(scene, asked.question);
    case "other":
      return null;
    case "said":
      return eachPart(field.shape, () => ({ words: spokenAnswer(asked, field.description), outcome: "answered" }));
    default:
      return eachPart(field.shape, (part) => partDraft(asked, part));
  }
}

/** The same for every part where an item has several. */
function eachPart(shape: Shape, draft: (part: Shape) => unknown): unknown {
  const { body } = core(shape);
  if (body.kind !== "object" || !body.fields.every(({ name }) => /^\d+$/.test(name))) return draft(shape);
  return Object.fromEntries(body.fields.map((field) => [field.name, draft(field.shape)]));
}

function viewOn(scene: Scene, question: string): string | undefined {
  const { praise, doubt } = scene.voice.phrases;
  return scene.voice.say(stanceOf(scene, question) >= 0 ? praise : doubt);
}

const inAWord = "If I had to put it in a word:";

/** What is freely said names, at its end, the answer that it comes to, so that whoever codes it can find it. */
function spokenAnswer(asked: AskedItem, about: string): string {
  const { scene, author, item } = asked;
  const labels = [...item.matchAll(/^- (.+)$/gmu)].map(([, label = ""]) => label);
  const view = viewOn(scene, asked.question) ?? "";
  if (labels.length > 1) {
    const label = labels[author.choose({ ...rootSpot, description: about }, labels)] as string;
    return `${view} ${inAWord} ${label}.`.trim();
  }
  const [, low, high] = /from (-?[\d.]+) to (-?[\d.]+)/u.exec(item) ?? [];
  const number = author.share({ ...rootSpot, description: about });
  const [least, most] = low === undefined || high === undefined ? [0, 20] : [Number(low), Number(high)];
  return `${view} About ${Math.round(least + number * (most - least))}, I would say.`.trim();
}

function partDraft({ scene, question }: Pick<AskedItem, "scene" | "question">, part: Shape): unknown {
  const { body } = core(part);
  const chances = body.kind === "object" ? body.fields.find(({ name }) => name === "chances") : undefined;
  if (chances !== undefined) {
    return { outcome: "answered", chances: partDraft({ scene, question }, chances.shape), other: null };
  }
  if (body.kind !== "list") return undefined;
  const element = core(body.element).body;
  if (element.kind === "choice") {
    const labels = element.options.map(String);
    const scores = preferences(scene, question, labels);
    const liked = labels.toSorted((one, other) => at(scores, labels, other) - at(scores, labels, one));
    const wanted = liked.filter((label) => at(scores, labels, label) > 0).length;
    return liked.slice(0, Math.min(body.max, Math.max(body.min, wanted)));
  }
  return element.kind === "object" ? divided(element, scene, question) : undefined;
}

const at = (scores: readonly number[], labels: readonly string[], label: string): number =>
  scores[labels.indexOf(label)] as number;

/** A share of the whole for each option, in whole numbers: amounts of a total, or percent. */
function divided({ fields }: ObjectBody, scene: Scene, question: string): unknown {
  const [option, amount] = fields;
  if (option === undefined || amount === undefined || fields.length !== 2) return undefined;
  const [options, number] = [core(option.shape).body, core(amount.shape).body];
  if (options.kind !== "choice" || number.kind !== "number" || !Number.isFinite(number.max)) return undefined;
  const labels = options.options.map(String);
  const shares = chancesOf(scene, question, labels);
  const amounts = shares.map((share) => Math.floor(share * number.max));
  const left = number.max - amounts.reduce((sum, one) => sum + one, 0);
  const first = shares.indexOf(Math.max(...shares));
  return labels.map((label, place) => ({
    [option.name]: label,
    [amount.name]: (amounts[place] as number) + (place === first ? left : 0),
  }));
}

/** Which answer free words come to; undefined where nothing of the kind is asked. */
export function codingDraft(scene: Scene, shape: Shape, author: Author): object | undefined {
  const { body } = core(shape);
  const field = (name: string) => (body.kind === "object" ? body.fields.find((one) => one.name === name) : undefined);
  const [outcome, answer] = [field("outcome"), field("answer")];
  if (outcome === undefined || answer === undefined || core(outcome.shape).body.kind !== "choice") return undefined;
  const words = scene.conversation.lines.at(-1)?.text ?? "";
  return { outcome: "answered", answer: coded(core(answer.shape), words, author) };
}

function coded({ body }: Shape, words: string, author: Author): unknown {
  const named = (options: readonly string[]): readonly string[] =>
    options.filter((option) => words.toLowerCase().includes(option.toLowerCase()));
  if (body.kind === "choice") {
    const options = body.options.map(String);
    // "likely" stands in "very likely", too: the longest that is named is meant.
    const [longest] = named(options).toSorted((one, other) => other.length - one.length);
    return longest ?? decided(options, words, "") ?? options[author.choose(rootSpot, options)];
  }
  if (body.kind === "list" && core(body.element).body.kind === "choice") {
    const options = (core(body.element).body as { readonly options: readonly unknown[] }).options.map(String);
    // The topic of what was said before it may be an option's name, too.
    const told = words.split(inAWord).at(-1)?.toLowerCase() ?? "";
    const chosen = options.filter((option) => told.includes(option.toLowerCase()));
    return chosen.length >= body.min ? chosen : options.slice(0, body.min);
  }
  if (body.kind !== "number") return undefined;
  const [spoken] = words.match(/-?\d+(?:\.\d+)?/u) ?? [];
  return spoken === undefined ? undefined : Number(spoken);
}
