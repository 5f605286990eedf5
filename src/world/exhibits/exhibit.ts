import { basename } from "node:path";
import type { ReadLimits, Source } from "../../document/document.ts";
import type { PictureSource } from "../../document/pictures/load-picture.ts";
import type { Actor } from "../../kernel/contracts/person.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { digest } from "../../kernel/values/hash.ts";

/** A picture or a document that is shown to everybody. */
export interface Exhibit {
  /** A file's path, an http(s) or file URL, bytes, or a picture that is loaded already. */
  readonly image?: PictureSource;
  /** A file's path, or bytes and what they are called: text, Markdown, HTML, PDF or DOCX. */
  readonly document?: string | Source;
  /** What it is, in words: all that those get whose model takes no pictures. */
  readonly description?: string;
  /** What it is called: those of one name are versions of one thing, also of a file that was shown without one. Default: the name of the file, and each file alone. */
  readonly name?: string;
  /** Default: 1, and one more for each other content of that name. */
  readonly version?: number;
  /** Most tokens of a document, about: what it has beyond is left out, and that is said. Default 4,000. */
  readonly tokens?: number;
  /** How much of a document is read at all. */
  readonly limits?: Partial<ReadLimits>;
  /** Who shows it; they do not perceive it themselves. */
  readonly from?: string | Actor;
}

/** An exhibit that can be shown: one thing, with its name. */
export type Checked = Exhibit & {
  readonly name: string /** Versions of one thing have the same. */;
  readonly thing: string;
} & (
    | { readonly kind: "image"; readonly image: PictureSource }
    | { readonly kind: "document"; readonly document: string | Source }
  );

/** Throws OPTION_INVALID for what is neither picture nor document, or both, and for numbers that are none. */
export function checkedExhibit(exhibit: Exhibit): Checked {
  const { image, document, version, tokens } = exhibit;
  for (const [option, value] of Object.entries({ version, tokens })) {
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0)) {
      throw unfit(option, value, "Give a whole number from 1.");
    }
  }
  if (image !== undefined && document === undefined) {
    const source = pictureSource(image);
    return { ...exhibit, image, kind: "image", name: exhibit.name ?? basename(source), thing: exhibit.name ?? source };
  }
  if (document !== undefined && image === undefined) {
    const location = typeof document === "string" ? document : document.location;
    const { name = basename(location) } = exhibit;
    return { ...exhibit, document, kind: "document", name, thing: exhibit.name ?? location };
  }
  throw unfit("image", undefined, "Give an `image` or a `document`; words alone are broadcast: world.narrate(…).");
}

function pictureSource(image: PictureSource): string {
  if (image instanceof Uint8Array) return `picture ${digest(image).slice(0, 8)}`;
  if (typeof image === "object" && !(image instanceof URL)) return `picture ${image.digest.slice(0, 8)}`;
  // What an address has behind its path may be secret.
  const url = URL.parse(String(image));
  return url === null ? String(image) : url.origin + url.pathname;
}

/** An option of what is shown that cannot be used. */
export function unfit(option: string, value: unknown, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `This cannot be shown: its '${option}' cannot be used.`, {
    data: { option, value },
    hint,
  });
}
