// The part of the front door that is about worlds; `src/index.ts` passes it on.
export type { Access, Circle } from "./world/delivery/access.ts";
export type { UnknownTarget } from "./world/delivery/delivery.ts";
export { delayed } from "./world/delivery/policies/delayed.ts";
export { immediate, nextStep } from "./world/delivery/policies/immediate.ts";
export { type LossyOptions, lossy } from "./world/delivery/policies/lossy.ts";
export type { DeliveryPolicy, Parcel, Transit } from "./world/delivery/policies/policy.ts";
export type { Claim } from "./world/intervention/claim.ts";
export type { Intervention, InterventionScene } from "./world/intervention/intervention.ts";
export type { KindRow, WorldKind } from "./world/kinds/kind.ts";
export type { Engagement, Exposure, FeedComment, FeedPost } from "./world/kinds/places/feed/posts.ts";
export {
  byInterests,
  byLikes,
  chronological,
  type Ranking,
  type RankingName,
} from "./world/kinds/places/feed/ranking.ts";
export { SocialFeed, type SocialFeedOptions } from "./world/kinds/places/feed/social-feed.ts";
export { MailAndChat, type MailAndChatOptions } from "./world/kinds/places/mail/mail-and-chat.ts";
export type { ChannelMessage, SentMail } from "./world/kinds/places/mail/rules.ts";
export type { Holdings, Trader } from "./world/kinds/places/market/accounts.ts";
export type { MarketOrder, MarketTrade } from "./world/kinds/places/market/book.ts";
export { Marketplace, type MarketplaceOptions } from "./world/kinds/places/market/marketplace.ts";
export type { Stay, WorkplacePlace } from "./world/kinds/places/workplace/floor.ts";
export { Workplace, type WorkplaceOptions } from "./world/kinds/places/workplace/workplace.ts";
export type { Voter } from "./world/kinds/talk/ballot.ts";
export { Debate, type DebateOptions, type DebateVote, debate } from "./world/kinds/talk/debate.ts";
export { FocusGroup, type FocusGroupOptions, focusGroup, type Participation } from "./world/kinds/talk/focus-group.ts";
export type { Guide, Topic } from "./world/kinds/talk/guide.ts";
export { type Answered, Interview, type InterviewOptions, interview } from "./world/kinds/talk/interview.ts";
export { type AskedInPublic, TownHall, type TownHallOptions, townHall } from "./world/kinds/talk/town-hall.ts";
export type { KindOptions, Venue } from "./world/kinds/venue.ts";
export { alongNetwork, type NetworkPolicy, type NetworkReachOut } from "./world/network/along-network.ts";
export type { NetworkReach, NetworkWay } from "./world/network/neighbours.ts";
export { readRelations } from "./world/network/read-relations.ts";
export type { RelationGiven, RelationOptions, SavedNetwork } from "./world/network/relation.ts";
export { networkFrom } from "./world/network/saved.ts";
export { type NetworkPlan, TinySocialNetwork } from "./world/network/social-network.ts";
export { type RandomGraphOptions, randomGraph } from "./world/network/topologies/random-graph.ts";
export { type ScaleFreeOptions, scaleFree } from "./world/network/topologies/scale-free.ts";
export { type SmallWorldOptions, smallWorld } from "./world/network/topologies/small-world.ts";
export { type StochasticBlockOptions, stochasticBlock } from "./world/network/topologies/stochastic-block.ts";
export type { Tie, TieOptions, Topology } from "./world/network/topologies/topology.ts";
export type { Exhibit, Shown, WorldOptions } from "./world/options.ts";
export type { RunResult, StepResult } from "./world/play/results.ts";
export { type GameMasterOptions, gameMaster } from "./world/resolution/game-master.ts";
export type {
  Attempt,
  Consequences,
  Letter,
  Narration,
  Resolution,
  ResolutionScene,
  Ruling,
} from "./world/resolution/resolution.ts";
export { type Ruled, rule } from "./world/resolution/rule.ts";
export { timeLimit } from "./world/resolution/time-limit.ts";
export type { Bid, Bidder, BidQuestion } from "./world/schedule/auction/bidder.ts";
export { byModel } from "./world/schedule/auction/by-model.ts";
export { byUrgency } from "./world/schedule/auction/by-urgency.ts";
export { type AuctionOptions, urgencyAuction } from "./world/schedule/auction/urgency-auction.ts";
export { type EventDrivenOptions, eventDriven, interested } from "./world/schedule/event-driven.ts";
export { sequential, shuffled, simultaneous } from "./world/schedule/in-order.ts";
export type { ScheduleName } from "./world/schedule/named.ts";
export { roundRobin } from "./world/schedule/round-robin.ts";
export type { News, Round, Schedule, StepPlan } from "./world/schedule/schedule.ts";
export { type StoryBeat, type StoryOptions, type TellOptions, TinyStory } from "./world/story/tiny-story.ts";
export { allOf, anyOf } from "./world/termination/compose.ts";
export { afterSteps, atTime, whenQuiet } from "./world/termination/endings.ts";
export type { RunSoFar, Termination } from "./world/termination/termination.ts";
export { whenAllAgree } from "./world/termination/when-all-agree.ts";
export { whenDone } from "./world/termination/when-done.ts";
export type { When } from "./world/time/agenda.ts";
export type { Duration } from "./world/time/calendar.ts";
export type { RunOptions, RunPlan } from "./world/time/run-options.ts";
export { TinyWorld } from "./world/tiny-world.ts";
export { eavesdropping } from "./world/visibility/eavesdropping.ts";
export { hops, type Neighbours, neighbours } from "./world/visibility/hops.ts";
export { addressedOnly, aloud, inReach } from "./world/visibility/in-reach.ts";
export { samePlace } from "./world/visibility/same-place.ts";
export type { Overheard, Surroundings, Visibility, WorldNetwork } from "./world/visibility/visibility.ts";
export type { Appointment } from "./world/waking/appointments.ts";
export type { Routine, Weekday } from "./world/waking/routine.ts";
export type { Wake } from "./world/waking/wake.ts";
