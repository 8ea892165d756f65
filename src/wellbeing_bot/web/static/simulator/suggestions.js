// Answers to tap, by the words that were last said to a phone. Anything else can be typed.

export const FIRST_TEXTS = [
  "my gp said to text, I'd like to come on the harbour walk but I'm scared to walk in on my own",
  "is there owt for blokes? not been out much since our lass died",
  "bout the lunch, can I get a lift",
];

const BY_WORDS = [
  ["hello.under_16", ["no"]],
  ["hello.", ["yes", "yeah go on then"]],
  ["self_referral.name", ["Pat", "its Pat Weller"]],
  ["self_referral.postcode", ["CT5", "skip"]],
  ["self_referral.practice", ["not sure", "dunno"]],
  ["self_referral.matters", ["bit of company really"]],
  ["self_referral.needs", ["none", "i use a stick"]],
  ["self_referral.summary", ["yes", "no"]],
  ["self_referral.what_to_change", ["5", "my postcode"]],
  ["self_referral.offer_groups", ["yes please"]],
  ["join_group.choose", ["1", "the second one"]],
  ["join_group.offer_date", ["yes please", "not this week"]],
  ["join_group.offer_waiting", ["yes", "no thanks"]],
  ["join_group.another_date", ["yes"]],
  ["join_group.meet.", ["yes please", "no i'll be fine"]],
  ["join_group.prefer", ["don't mind", "a woman"]],
  ["meet_request.ask", ["yes happy to", "sorry cant this week"]],
  ["champion_went.ask", ["yes she came", "no sign of anyone"]],
  ["went_sensitive.ask", ["yes", "no"]],
  ["went.ask", ["yes it was lovely", "no i turned back"]],
  ["went.keep", ["yes", "not every week"]],
  ["expect_you.", ["yes see you then", "not this week"]],
  ["no_seat.", ["yes please", "no thanks"]],
  ["place_offered.", ["yes", "no thanks"]],
  ["questionnaire.ons4.", ["7", "bout a 6 i suppose", "skip"]],
  ["questionnaire.ucla", ["some of the time", "hardly ever"]],
  ["questionnaire.", ["skip", "no more"]],
];

/** What could be tapped on a phone, given its thread. */
export function suggestionsFor(thread) {
  const last = thread.at(-1);
  if (!last || last.direction !== "out" || !last.words) return [];
  const found = BY_WORDS.find(([start]) => last.words.startsWith(start));
  if (found) return found[1];
  return last.channel === "telegram" ? [] : last.buttons.slice(0, 5).map((button) => button.label);
}

/** Whether the last thing said to a phone has had no answer, and begins with one of these words. */
export function waitsFor(thread, start) {
  const said = thread.findLastIndex((message) => message.direction === "out" && message.words.startsWith(start));
  return said >= 0 && !thread.slice(said).some((message) => message.direction === "in");
}

export const wasSaid = (thread, ...starts) =>
  thread.some((message) => message.direction === "out" && starts.some((start) => (message.words || "").startsWith(start)));
