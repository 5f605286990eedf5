import type { Issue } from "../../kernel/values/errors.ts";
import type { SavedLife } from "./document.ts";

/** Something that is meant by its place among the episodes, or a picture by its digest, and where it is written. */
interface Meant<What> {
  readonly what: What;
  readonly path: string;
}

/** What leads nowhere in a life: places among the episodes, and pictures that are not there. */
export function danglingIn(life: SavedLife | undefined): readonly Issue[] {
  if (life === undefined) return [];
  const is = (kind: "stimulus" | "turn") => {
    return ({ what, path }: Meant<number>): readonly Issue[] =>
      life.episodes[what]?.kind === kind
        ? []
        : [{ path, message: `There is no ${kind} in place ${what} of life.episodes.` }];
  };
  const isThere = ({ what, path }: Meant<string>): readonly Issue[] =>
    Object.hasOwn(life.pictures ?? {}, what)
      ? []
      : [{ path, message: `There is no picture ${what} in life.pictures.` }];
  return [
    ...life.pending.map((what, index) => ({ what, path: `life.pending.${index}` })).flatMap(is("stimulus")),
    ...turnsMeant(life).flatMap(is("turn")),
    ...presented(life).flatMap(is("stimulus")),
    ...presented(life).flatMap(({ what, path, turn }) =>
      what < turn ? [] : [{ path, message: "This came after the turn." }],
    ),
    ...picturesMeant(life).flatMap(isThere),
  ];
}

function blocksIn({ history }: SavedLife) {
  const { opening, blocks = [] } = history ?? {};
  return [
    ...(opening === undefined ? [] : [{ block: opening, path: "life.history.opening" }]),
    ...blocks.map((block, index) => ({ block, path: `life.history.blocks.${index}` })),
  ];
}

function turnsMeant(life: SavedLife): readonly Meant<number>[] {
  const { open = [], gathered = [] } = life.memory ?? {};
  return [
    ...blocksIn(life).map(({ block, path }) => ({ what: block.turn, path: `${path}.turn` })),
    ...open.map((what, index) => ({ what, path: `life.memory.open.${index}` })),
    ...gathered.flatMap(({ turns }, index) =>
      turns.map((what, nth) => ({ what, path: `life.memory.gathered.${index}.turns.${nth}` })),
    ),
  ];
}

function presented({ episodes }: SavedLife): readonly (Meant<number> & { readonly turn: number })[] {
  return episodes.flatMap((episode, turn) =>
    episode.kind === "stimulus"
      ? []
      : episode.presented.map((what, nth) => ({ what, turn, path: `life.episodes.${turn}.presented.${nth}` })),
  );
}

function picturesMeant(life: SavedLife): readonly Meant<string>[] {
  const seen = life.episodes.flatMap((episode, index) => {
    const images = episode.kind === "stimulus" ? (episode.stimulus.images ?? []) : [];
    return images.map(({ digest }) => ({ what: digest, path: `life.episodes.${index}.stimulus.images` }));
  });
  const shown = blocksIn(life).flatMap(({ block, path }) =>
    block.messages.flatMap(({ content }) => {
      const parts = typeof content === "string" ? [] : content.filter((part) => part.type === "image");
      return parts.map(({ digest }) => ({ what: digest, path: `${path}.messages` }));
    }),
  );
  return [...seen, ...shown];
}
