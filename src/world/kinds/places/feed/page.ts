import { feedPage } from "../../../../kernel/contracts/world/feed.ts";
import { oneLine } from "../one-line.ts";
import type { Engagement, FeedEntry, FeedPost } from "./posts.ts";

const { characters } = feedPage;

/**
 * What somebody sees when they open the feed. With straight quotation marks a page in Latin letters is of one byte a
 * character, here and wherever it is sent, kept and looked through: of thousands who read, a turn takes a tenth less.
 */
export function pageText(entries: readonly FeedEntry[], news: readonly Engagement[]): string {
  const posts = entries.length === 0 ? ["Nothing is new in your feed."] : ["Your feed:", ...entries.map(entryLine)];
  return [...posts, ...newsLines(news)].join("\n");
}

function entryLine({ post, by }: FeedEntry): string {
  const passed = by.id === post.author ? "" : `${by.name} reposts: `;
  const below = post.comments
    .slice(-feedPage.comments)
    .map((one) => `  ${one.name} comments: "${oneLine(one.content, characters.comment)}"`);
  const counts = countsOf(post);
  return [
    `[${post.id}] ${passed}${post.name}: "${oneLine(post.content, characters.post)}"${counts && ` (${counts})`}`,
    ...below,
  ].join("\n");
}

function countsOf({ likes, reposts, comments }: FeedPost): string {
  const counted = [
    [likes, "like"],
    [reposts, "repost"],
    [comments.length, "comment"],
  ] as const;
  return counted
    .flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}${count === 1 ? "" : "s"}`]))
    .join(", ");
}

const does = { like: "likes", repost: "reposts", comment: "comments on" } as const;

function newsLines(news: readonly Engagement[]): string[] {
  if (news.length === 0) return [];
  const told = news.slice(-feedPage.news).flatMap(({ name, action, post, content }) => {
    if (action === "post") return [];
    const words = content === undefined ? "" : `: "${oneLine(content, characters.comment)}"`;
    return [`  ${name} ${does[action]} [${post.id}]${words}`];
  });
  const more = news.length - told.length;
  return ["About your posts:", ...told, ...(more > 0 ? [`  and ${more} more`] : [])];
}
