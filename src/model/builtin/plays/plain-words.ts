import { asSaid } from "../character/persona-data.ts";
import type { Spot } from "../fill/author.ts";
import type { Scene } from "../speech/scene.ts";

const fallbacks = [
  "a plain thing",
  "something small",
  "the usual",
  "nothing special",
  "a bit of everything",
  "one more try",
];
const colours = ["blue", "green", "ochre", "red", "white", "violet"];
const spans = ["ten minutes", "half an hour", "two hours", "a weekend", "three weeks"];
const places = ["Lyon", "Daegu", "Recife", "Leeds", "Bremen", "Accra", "Pune", "Oaxaca"];
const countries = ["France", "South Korea", "Brazil", "United Kingdom", "Germany", "Ghana", "India", "Mexico"];
const names = [
  "Amara Osei",
  "Lucas Moreau",
  "Hyejin Park",
  "Rosa Medina",
  "Tom Fletcher",
  "Ines Krüger",
  "Davi Rocha",
  "Priya Nair",
];

/** A few words for a place that asks for a fact: the persona's own, else something from a small stock. */
export function plainWords(scene: Scene, spot: Spot): string {
  const own = ownWords(scene, spot);
  return own !== undefined && own !== "" ? own : scene.dice.pick(stock(spot));
}

function ownWords(scene: Scene, { meaning, path, name }: Spot): string | undefined {
  const { character, conversation, voice, others } = scene;
  const place = Number(/(\d+)(?:\.\w+)?$/.exec(path)?.[1] ?? 0);
  switch (meaning) {
    case "name":
      return /^(?:name|full_?name)$/i.test(name) && place === 0 ? character.name : undefined;
    case "who":
      return [character.name, ...others].filter(Boolean)[place] ?? conversation.last?.from;
    case "target":
      return others[place] ?? conversation.last?.from;
    case "city":
    case "address":
      return character.residence.split(",")[0];
    case "country":
      return character.residence.split(",").at(-1)?.trim();
    case "nationality":
      return character.nationality;
    case "job":
      return voice.language === "en" ? asSaid(character.job) : character.job;
    case "company":
      return character.organization;
    case "interest":
    case "like":
    case "dislike":
    case "belief":
    case "trait":
      return voice.word(meaning);
    case "skill":
      return character.skills[place];
    case "keyword":
      // A search is for what was spoken of last, wherever it stands among the actions.
      return conversation.topics.slice(0, 2).join(" ") || voice.word("interest");
    case "title":
    case "product":
    case "choice":
      return conversation.topics[place % Math.max(1, conversation.topics.length)] ?? voice.word("interest");
    default:
      return voice.word("interest") ?? conversation.topics[0];
  }
}

function stock({ meaning }: Spot): readonly string[] {
  switch (meaning) {
    case "name":
    case "who":
    case "target":
    case "email":
      return names;
    case "city":
    case "address":
      return places;
    case "country":
    case "nationality":
      return countries;
    case "colour":
      return colours;
    case "duration":
      return spans;
    default:
      return fallbacks;
  }
}
