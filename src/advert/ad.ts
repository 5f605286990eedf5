import { readdir, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { z } from "zod";
import { loadPicture, type Picture } from "../document/pictures/load-picture.ts";
import { readTextFile } from "../kernel/text/files/read-text.ts";
import { issuesInWords } from "../kernel/text/issues.ts";
import { readWritten } from "../kernel/text/written.ts";
import { type Issue, TinyTroupeError } from "../kernel/values/errors.ts";

/** An advert: what it is called in results, and its text, its picture or both. */
export interface Ad {
  readonly name: string;
  /** As people read it; data, whatever it says. */
  readonly text?: string;
  readonly image?: Picture;
  /** What its picture shows, in words: all that those get of it whose model takes no pictures. */
  readonly description?: string;
  /** What it is for, by which a memory of it is told; the name unless told. */
  readonly brand?: string;
}

const said = z.string().trim().min(1);
const AdEntry = z
  .strictObject({
    name: said.describe("What it is called in results."),
    text: said.describe("As people read it.").optional(),
    image: z.string().min(1).describe("A picture, relative to this file.").optional(),
    description: said.describe("What its picture shows, for models that take none.").optional(),
    brand: said.describe("What it is for, by which a memory of it is told. Default: the name.").optional(),
  })
  .describe("An advert: a text, a picture or both.");

/** Adverts as a YAML or JSON file. */
export const AdsDocument = z
  .union([z.strictObject({ $schema: z.string().optional(), ads: z.array(AdEntry) }), z.array(AdEntry)])
  .describe("Adverts for `tinytroupe ad`.");

const limits = { mostBytes: 1024 * 1024 };
const pictures: ReadonlySet<string> = new Set([".png", ".jpg", ".jpeg", ".gif", ".webp"]);
const texts: ReadonlySet<string> = new Set([".txt", ".md"]);
const lists: ReadonlySet<string> = new Set([".yaml", ".yml", ".json"]);

/**
 * Adverts from files and folders: texts (.txt, .md), pictures (.png, .jpg, .gif, .webp), and lists in YAML or JSON of `name`
 * with `text`, `image` (relative to the list), its `description` and `brand`. A text and a picture of one name are one advert. Throws
 * FILE_UNREADABLE, OPTION_INVALID.
 * @example
 * (await loadAds(["ads/"])).map(({ name }) => name);
 */
export async function loadAds(sources: readonly string[]): Promise<readonly Ad[]> {
  const files = (await Promise.all(sources.map(filesIn))).flat();
  const found = new Map<string, Ad>();
  for (const file of files) {
    for (const ad of await adsIn(file)) {
      const other = found.get(ad.name);
      if (other !== undefined && !isOtherHalf(ad, other)) throw twins(ad.name);
      found.set(ad.name, { ...other, ...ad });
    }
  }
  return checkedAds([...found.values()]);
}

/** One has the text and the other the picture. */
const isOtherHalf = (one: Ad, other: Ad): boolean =>
  (one.text === undefined && other.image === undefined) || (one.image === undefined && other.text === undefined);

const twins = (name: string) => wrong("ads", name, "Give each advert a name of its own.");

/** Two adverts or more, each with a name of its own and something to see; OPTION_INVALID otherwise. */
export function checkedAds(ads: readonly Ad[]): readonly Ad[] {
  if (ads.length < 2) throw wrong("ads", ads.length, "Give two adverts or more: one alone cannot be chosen.");
  if (ads.length > 26) throw wrong("ads", ads.length, "Give at most 26 adverts.");
  const empty = ads.find(({ text = "", image }) => text.trim() === "" && image === undefined);
  if (empty !== undefined) throw wrong("ads", empty.name, "Give it a text or a picture.");
  const twin = ads.find(({ name }, place) => ads.findIndex((ad) => ad.name === name) < place);
  if (twin !== undefined) throw twins(twin.name);
  return ads;
}

/** All that is wrong with a list of adverts. */
export function adIssues(value: unknown): readonly Issue[] {
  const read = AdsDocument.safeParse(value);
  return read.success ? [] : issuesInWords(read.error.issues, { whole: value, schema: AdsDocument });
}

/** The pictures that a list names, by the places where it does. */
export function picturesIn(value: unknown): readonly (readonly [path: string, image: string])[] {
  const list = AdsDocument.parse(value);
  const head = Array.isArray(list) ? "" : "ads.";
  return entriesOf(list).flatMap(({ image }, place) =>
    image === undefined ? [] : [[`${head}${place}.image`, image] as const],
  );
}

const entriesOf = (list: z.output<typeof AdsDocument>) => (Array.isArray(list) ? list : list.ads);

async function filesIn(source: string): Promise<readonly string[]> {
  const path = resolve(source);
  const found = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, "There is nothing there.", cause);
  });
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => isKnown(name)).sort();
  return names.map((name) => join(path, name));
}

const isKnown = (name: string): boolean => {
  const kind = extname(name).toLowerCase();
  return pictures.has(kind) || texts.has(kind) || lists.has(kind);
};

async function adsIn(file: string): Promise<readonly Ad[]> {
  const kind = extname(file).toLowerCase();
  const name = basename(file, extname(file));
  if (pictures.has(kind)) return [{ name, image: await loadPicture(file) }];
  if (texts.has(kind)) return [{ name, text: await readTextFile(file, limits) }];
  if (!lists.has(kind)) throw wrong("ads", file, "Give texts, pictures, folders of these, or a list in YAML.");
  const { value, faults } = await readWritten(await readTextFile(file, limits), { aliases: 0 });
  if (faults[0] !== undefined) throw unreadable(file, faults[0].message, undefined);
  const [issue] = adIssues(value);
  if (issue !== undefined) throw wrong("ads", file, `${issue.path} ${issue.message}`.trim());
  const entries = entriesOf(AdsDocument.parse(value));
  return Promise.all(
    entries.map(
      async ({ image, name: own, text, description, brand }): Promise<Ad> => ({
        name: own,
        ...(text !== undefined && { text }),
        ...(description !== undefined && { description }),
        ...(brand !== undefined && { brand }),
        ...(image !== undefined && { image: await loadPicture(resolve(dirname(file), image)) }),
      }),
    ),
  );
}

function unreadable(file: string, message: string, cause: unknown): TinyTroupeError<"FILE_UNREADABLE"> {
  return new TinyTroupeError("FILE_UNREADABLE", `The adverts in ${file} cannot be read: ${message}`, {
    data: { file },
    hint: "Give texts, pictures, folders of these, or a list in YAML of name, text, image and description.",
    cause,
  });
}

function wrong(option: string, value: unknown, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "These adverts cannot be tested.", { data: { option, value }, hint });
}
