import type { Answer } from "../../../../kernel/contracts/answers/answer.ts";
import { type AnswerValue, misfit } from "../../../../kernel/contracts/answers/scale.ts";
import type { ShownItem, SurveyOrder } from "../../../flow/shown.ts";
import { type EndStep, type ItemStep, type Script, Walk } from "../../../flow/walk.ts";
import type { ItemPart } from "../../../instrument/kind.ts";
import { answerRow } from "../../../results/answer-row.ts";
import type { Phrases } from "../phrases.ts";
import { controlFor, filled } from "./controls.ts";
import { byId, type Control, element, type PageElement } from "./dom.ts";
import { save } from "./saving.ts";

/** What the page is about, as it stands in it. */
export interface PageData {
  readonly name: string;
  readonly language: string;
  readonly intro?: string;
  readonly thanks?: string;
  readonly script: Script;
  /** One of them is taken by chance. */
  readonly orders: readonly SurveyOrder[];
  readonly pictures: Readonly<Record<string, string>>;
  readonly say: Phrases;
}

/** Asks item by item, by the same flow as everybody is asked by, and gives the answers to whoever gave them. */
class SurveyPage {
  readonly #data: PageData;
  readonly #order: SurveyOrder | undefined;
  /** In the names of the files that are saved: two people's are not the same. */
  readonly #reply = Math.floor(Math.random() * 16 ** 6)
    .toString(16)
    .padStart(6, "0");
  /** Answers, by the item that they are to, in the order in which they came. */
  #given: readonly { readonly item: string; readonly answers: readonly Answer[] }[] = [];

  constructor(data: PageData) {
    this.#data = data;
    this.#order = data.orders[Math.floor(Math.random() * data.orders.length)];
  }

  begin(): void {
    const { intro, say } = this.#data;
    if (intro === undefined) {
      this.#show();
      return;
    }
    const button = element("button", { type: "button", class: "main" }, say.begin);
    button.addEventListener("click", () => this.#show());
    this.#replace(words(intro), element("div", { class: "buttons" }, button));
  }

  #show(): void {
    const answers = this.#given.flatMap((one) => one.answers);
    const order = this.#order === undefined ? {} : { order: this.#order };
    const step = new Walk(this.#data.script, answers, order).next();
    if (step.kind === "end") this.#end(step);
    else this.#ask(step);
  }

  #ask({ item, notes, passed, of }: ItemStep): void {
    const { say, pictures } = this.#data;
    const fields = item.parts.map((part, place) => {
      const name = `part-${place}`;
      const control = controlFor(part, { say, name, pictures });
      const fault = element("p", { class: "fault", id: `${name}-fault`, role: "alert" });
      const asks = element(
        "legend",
        { id: `${name}-asks`, dir: "auto" },
        part.asks ?? (item.parts.length === 1 ? item.text : String(place + 1)),
      );
      const node = element(
        "fieldset",
        { "aria-describedby": `${name}-fault` },
        asks,
        ...hintOf(item, place),
        ...control.nodes,
        fault,
      );
      return { part, control, fault, node };
    });
    const picture = shownPicture(item, pictures);
    const heading = item.parts.length === 1 ? [] : [element("h2", { dir: "auto" }, item.text)];
    const form = element(
      "form",
      { novalidate: true },
      ...heading,
      ...picture,
      ...fields.map(({ node }) => node),
      this.#buttons(item),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#take(item, fields);
    });
    const progress = element("p", { class: "progress" }, filled(say.progress, { at: passed + 1, of }));
    this.#replace(progress, ...notes.flatMap((note) => toRead(note, pictures)), form);
  }

  #buttons({ id, optional, parts }: ShownItem): PageElement {
    const { say } = this.#data;
    const back = element("button", { type: "button", disabled: this.#given.length === 0 }, say.back);
    back.addEventListener("click", () => {
      this.#given = this.#given.slice(0, -1);
      this.#show();
    });
    const skip = element("button", { type: "button" }, say.skip);
    skip.addEventListener("click", () => {
      const answers = parts.map(
        (part): Answer => ({ item: part.id, value: null, missing: "skipped", method: "person" }),
      );
      this.#keep(id, answers);
    });
    return element(
      "div",
      { class: "buttons" },
      element("button", { type: "submit", class: "main" }, say.next),
      ...(optional ? [skip] : []),
      back,
    );
  }

  #take(item: ShownItem, fields: readonly Field[]): void {
    const values = new Map(fields.map(({ part, control }) => [part.id, control.value()]));
    const faulty = fields.filter((field) => {
      const fault = faultOf(field, values, this.#data.say);
      field.fault.textContent = fault ?? "";
      return fault !== undefined;
    });
    if (faulty[0] !== undefined) {
      faulty[0].node.querySelector("input, select, textarea")?.focus();
      return;
    }
    this.#keep(
      item.id,
      fields.map(({ part, control }) =>
        answerOf(part, { value: values.get(part.id) as AnswerValue, other: control.other?.() }),
      ),
    );
  }

  #keep(item: string, answers: readonly Answer[]): void {
    this.#given = [...this.#given, { item, answers }];
    this.#show();
  }

  #end({ reason, because, notes, answers }: EndStep): void {
    const { name, language, say, thanks, pictures } = this.#data;
    const json = {
      survey: name,
      language,
      reason,
      ...(because !== undefined && { because }),
      order: this.#order ?? null,
      answers,
    };
    const csv = element("button", { type: "button", class: "main", id: "save-csv" }, say.saveCsv);
    csv.addEventListener("click", () => save(`${name} ${this.#reply}.csv`, answers.map(answerRow)));
    const whole = element("button", { type: "button", id: "save-json" }, say.saveJson);
    whole.addEventListener("click", () => save(`${name} ${this.#reply}.json`, json));
    const end = reason === "complete" ? say.complete : say.screened;
    const closing = thanks === undefined ? [] : [words(thanks)];
    this.#replace(
      ...notes.flatMap((note) => toRead(note, pictures)),
      words(end),
      ...closing,
      element("div", { class: "buttons" }, csv, whole),
    );
  }

  #replace(...nodes: readonly PageElement[]): void {
    const place = byId("survey");
    place.replaceChildren(...nodes);
    place.focus();
  }
}

interface Field {
  readonly part: ItemPart;
  readonly control: Control;
  readonly fault: PageElement;
  readonly node: PageElement;
}

/** Why what was given is no answer, for whoever gave it. */
function faultOf(
  { part, control: { takes = "" } }: Field,
  values: ReadonlyMap<string, unknown>,
  { missing, unlike, needed }: Phrases,
): string | undefined {
  const value = values.get(part.id);
  if (value === undefined) return `${missing} ${takes}`.trim();
  if (part.unlike !== undefined && values.get(part.unlike) === value) return unlike;
  return misfit(part.scale, value) === undefined ? undefined : `${needed} ${takes}`.trim();
}

const words = (text: string): PageElement => element("p", { class: "words", dir: "auto" }, text);

const hintOf = ({ hint }: ShownItem, place: number): readonly PageElement[] =>
  hint === undefined || place > 0 ? [] : [element("p", { class: "hint", dir: "auto" }, hint)];

const shownPicture = ({ image }: ShownItem, pictures: PageData["pictures"]): readonly PageElement[] =>
  image === undefined ? [] : [element("img", { class: "shown", src: pictures[image], alt: "" })];

/** A note: its words, what helps to understand them, and its picture. */
const toRead = (note: ShownItem, pictures: PageData["pictures"]): readonly PageElement[] => [
  words(note.text),
  ...hintOf(note, 0),
  ...shownPicture(note, pictures),
];

/** As it is kept of everybody: what was chosen in the order of the scale, whatever the order in which it was shown. */
function answerOf(
  { id, scale }: ItemPart,
  { value, other }: { readonly value: AnswerValue; readonly other: string | undefined },
): Answer {
  const settled =
    scale.kind === "choices" && Array.isArray(value) ? scale.options.filter((option) => value.includes(option)) : value;
  const text = typeof settled === "string" ? settled.trim() : settled;
  return { item: id, value: text, ...(other !== undefined && { other }), method: "person" };
}

new SurveyPage(JSON.parse(byId("data").textContent ?? "") as PageData).begin();
