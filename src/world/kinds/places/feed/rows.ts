import type { KindRow } from "../../kind.ts";
import type { Engagement, Exposure, FeedPost } from "./posts.ts";

/** What there was to see, who saw what, and what they did with it. */
export function feedTables(
  posts: readonly FeedPost[],
  exposures: readonly Exposure[],
  engagements: readonly Engagement[],
): Readonly<Record<"posts" | "exposures" | "engagement", readonly KindRow[]>> {
  return {
    posts: posts.map(({ id, name, step, content, likes, reposts, comments, exposures: shown }) => ({
      ...{ post: id, author: name, step, content },
      ...{ exposures: shown, likes, reposts, comments: comments.length },
    })),
    exposures: exposures.flatMap(({ step, name, posts: shown }) =>
      shown.map(({ id, name: author }, place) => ({ step, person: name, post: id, author, place: place + 1 })),
    ),
    engagement: engagements.map(({ step, name, action, post, content }) => ({
      ...{ step, person: name, action, post: post.id, author: post.name, content: content ?? null },
    })),
  };
}
