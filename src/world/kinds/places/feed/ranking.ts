import type { Actor } from "../../../../kernel/contracts/person.ts";
import { matters, shared } from "../../../../kernel/language/stems.ts";
import type { FeedPost } from "./posts.ts";

/**
 * How far up a post belongs on somebody's page: of the posts that may be on it, those with the highest numbers are. Of
 * equals the newer one comes first. It is asked for a bounded number of posts a page.
 * @example
 * const controversy = (post) => post.comments.length / (1 + post.likes);
 */
export type Ranking = (post: FeedPost, reader: Actor) => number;

/** The newest posts come first. */
export function chronological(): Ranking {
  return ({ step }) => step;
}

/** The posts that most people liked come first. */
export function byLikes(): Ranking {
  return ({ likes }) => likes;
}

/**
 * What is closest to the reader's interests comes first: by the words that a post shares with them (cosine of the sets
 * of their stems), without any model.
 */
export function byInterests(): Ranking {
  const posts = new WeakMap<FeedPost, ReadonlySet<string>>();
  const readers = new WeakMap<Actor, ReadonlySet<string>>();
  return (post, reader) => {
    const about = kept(posts, post, () => matters(post.content));
    const cares = kept(readers, reader, () => matters((reader.interests ?? []).join(". ")));
    return about.size === 0 || cares.size === 0 ? 0 : shared(about, cares) / Math.sqrt(about.size * cares.size);
  };
}

/** Rankings that have a name of their own. */
export type RankingName = "newest" | "likes" | "interests";

export const rankings: Readonly<Record<RankingName, () => Ranking>> = {
  newest: chronological,
  likes: byLikes,
  interests: byInterests,
};

function kept<K extends object, V>(known: WeakMap<K, V>, key: K, work: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = work();
  known.set(key, found);
  return found;
}
