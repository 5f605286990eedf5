import { z } from "zod";
import type { ActionKind } from "../../../../kernel/contracts/faculty.ts";
import type { Ruling } from "../../../resolution/resolution.ts";
import { accepted, refused, type TypeRule } from "../by-type.ts";
import { doing, someWords } from "../doing.ts";
import type { Doer, FeedPost, Posts } from "./posts.ts";

const content = someWords(2_000);
const target = z.string().max(200);

/** What people can do in a feed. */
export const feedActions: readonly ActionKind[] = [
  doing("POST", "write a post, `content`, into the feed", { content }),
  doing("COMMENT", "comment on a post of the feed; `target` is its id, as it stands in [brackets]", {
    target,
    content,
  }),
  doing("LIKE", "like a post of the feed; `target` is its id", { target }),
  doing("REPOST", "pass a post of the feed on to others; `target` is its id", { target }),
];

/** What becomes of it. */
export function feedRules(posts: Posts): Readonly<Record<string, TypeRule>> {
  const onPost =
    (act: (who: Doer, post: FeedPost, content: string) => Ruling): TypeRule =>
    ({ person: { id, name }, action: { target = "", content = "" } }, { step }) => {
      const post = posts.get(target);
      return post === undefined
        ? refused(`There is no post ${target}. The ids of posts stand in [brackets].`)
        : act({ id, name, step }, post, content);
    };
  const onceOfOthers = (act: "like" | "repost"): TypeRule =>
    onPost((who, post) => {
      if (post.author === who.id) return refused("The post is your own.");
      return posts[act](who, post) ? accepted : refused(`You did that with ${post.id} before.`);
    });
  const elsewhere = () => refused("Nobody is near enough to hear you. Here people POST, COMMENT, LIKE and REPOST.");
  return {
    POST: ({ person: { id, name }, action: { content = "" } }, { step }) => {
      posts.write({ id, name, step }, content);
      return accepted;
    },
    COMMENT: onPost((who, post, content) => {
      posts.comment(who, post, content);
      return accepted;
    }),
    LIKE: onceOfOthers("like"),
    REPOST: onceOfOthers("repost"),
    TALK: elsewhere,
    REACH_OUT: elsewhere,
  };
}
