// What is on record for the person behind a phone, in a few lines.

import { el, plain, shortly } from "./dom.js";

/** A short list out of GET /people/{who}. */
export function recordList(person) {
  const lines = [];
  const referral = person.referrals.at(-1);
  if (referral) {
    lines.push(["Referral", [plain(referral.state), referral.referrer_words].filter(Boolean).join(", ")]);
    if (referral.concerns.length) lines.push(["Concerns", referral.concerns.join(", ")]);
  }
  if (person.postcode) lines.push(["Postcode", person.postcode]);
  if (person.practice) lines.push(["Surgery", person.practice]);
  if (person.access_needs.length) lines.push(["Needs", person.access_needs.map(plain).join(", ")]);
  const agreement = person.agreements.at(-1);
  if (agreement) lines.push(["Texts", `${agreement.given ? "agreed" : "no"} (${agreement.wording}), ${shortly(agreement.at)}`]);
  for (const group of person.memberships) if (!group.ended_at) lines.push(["Each week", group.group_name]);
  for (const place of person.places.slice(-4)) lines.push(["Place", `${place.session.group_name}, ${shortly(place.session.starts)}: ${plain(place.state).toLowerCase()}`]);
  for (const meeting of person.meetings.slice(-4)) {
    lines.push(["Meeting", `${meeting.patient.name || "somebody"} and ${meeting.champion.name}: ${plain(meeting.state).toLowerCase()}`]);
  }
  for (const ride of person.rides.slice(-3)) lines.push(["Ride", `${shortly(ride.session.starts)}: ${plain(ride.state).toLowerCase()}`]);
  if (person.champion) lines.push(["Champion for", person.champion.groups.join(", ") || "no group yet"]);
  if (person.holds.some((hold) => hold.open)) lines.push(["Held", "a member of staff has this conversation"]);
  if (lines.length === 0) lines.push(["On record", "only the number so far"]);
  return el("dl", {}, ...lines.flatMap(([name, words]) => [el("dt", {}, name), el("dd", {}, words)]));
}
