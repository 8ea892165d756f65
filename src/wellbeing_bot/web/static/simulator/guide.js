// The guided first minute. Where somebody is in it is read from what has happened; nothing else is kept.

import { $, el } from "./dom.js";
import { FIRST_TEXTS, waitsFor, wasSaid } from "./suggestions.js";

const STEPS = ["Be the patient", "Answer the questions", "Be the volunteer", "Let time pass", "Did you get there?"];

/** The step somebody is at: its number, what to do, and which phone to look at. */
export function whereNow(patient, others) {
  const thread = patient ? patient.thread : [];
  const asked = others.find((phone) => waitsFor(phone.thread, "meet_request.ask"));
  if (!thread.some((message) => message.direction === "in")) {
    return { step: 0, look: patient, words: "Patients text their surgeries’ number; the bot finds a group and a volunteer who meets them at its door. You are the patient: tap one of these, or write your own text on the first phone.", texts: FIRST_TEXTS };
  }
  if (asked) {
    return { step: 2, look: asked, words: `${asked.name} has just been asked to meet you there. Answer on that phone, as the volunteer: yes, or no to see the next one asked.` };
  }
  const met = wasSaid(thread, "notices.you_will_be_met");
  if (!met && !wasSaid(thread, "notices.nobody_yet") && !wasSaid(thread, "went")) {
    return { step: 1, look: patient, words: "Answer on the same phone, as untidily as people do: “yeah go on then”, “dunno”, “bout half 2”." };
  }
  const mine = others.filter((phone) => wasSaid(phone.thread, "meet_request.thanks")); // who said yes to this patient
  const champion = mine.find((phone) => waitsFor(phone.thread, "champion_went.ask"));
  const askedAfterwards = ["went.ask", "went.keep.", "went_sensitive.ask"].some((start) => waitsFor(thread, start));
  const waiting = askedAfterwards ? patient : champion;
  if (waiting) {
    return { step: 4, look: waiting, words: `Afterwards both of you are asked. Answer on ${waiting === patient ? "your own phone" : `${waiting.name}’s phone`}. If nobody got there, or the two of you disagree, a person is told.` };
  }
  if (wasSaid(thread, "went") || mine.some((phone) => wasSaid(phone.thread, "champion_went"))) {
    return { step: 5, look: null, words: "That is the whole handover. Try next: text STOP; text “cant come” before a walk; ask for a lift; or write something worrying, and see the Tasks. Then open the desk, and see what the team sees.", desk: true };
  }
  return { step: 3, look: patient, words: "You know who will meet you. Now let time pass: “Tomorrow 9am”, “Next session”, then “+1 hour” a few times. Reminders come at their own time, never at night." };
}

let before = "";

/** Show the guide. `say(text)` writes as the patient. */
export function showGuide(now, say) {
  const key = JSON.stringify([now.step, now.words]);
  if (key === before) return;
  before = key;
  $("#guide").replaceChildren(
    el("h2", { id: "guide-name" }, "Your first minute"),
    el(
      "ol",
      { class: "steps" },
      ...STEPS.map((name, number) =>
        el("li", { class: number < now.step ? "done" : "", "aria-current": number === now.step ? "step" : null }, number < now.step ? "✓ " : `${number + 1}. `, name, number < now.step ? el("span", { class: "for-ears" }, " (done)") : null),
      ),
    ),
    el("p", { class: "do" }, now.words),
  );
  if (now.desk) {
    $("#guide .do").append(" ", el("a", { href: "/desk/sign-in" }, "Open the desk"));
  }
  if (now.texts) {
    const chips = now.texts.map((text) => el("button", { type: "button", class: "chip", onclick: () => say(text) }, text));
    $("#guide").append(el("div", { class: "chips" }, ...chips));
  }
}
