// One phone: its thread, what can be tapped, and a box to write in.

import { recordOf } from "./api.js";
import { clockWords, dayWords, el, plain, shortly } from "./dom.js";
import { recordList } from "./record.js";
import { suggestionsFor } from "./suggestions.js";

const TICKS = {
  queued: ["◷", "waits"],
  sending: ["…", "is being sent"],
  unknown: ["?", "not known whether it arrived"],
  sent: ["✓", "sent"],
  delivered: ["✓✓", "delivered"],
  read: ["✓✓", "read"],
  undelivered: ["✕", "did not arrive"],
  failed: ["✕", "did not arrive"],
  dropped: ["✕", "not sent"],
};
const WHY = {
  opted_out: "they asked for no more texts",
  expired: "it came too late to make sense",
  unreachable: "the phone cannot be reached",
  21610: "the phone company holds their STOP",
  30003: "the phone is off",
  30006: "it is a landline",
  403: "they blocked the bot",
};
const LABELS = { reminder: "Reminder", urgent_help: "Urgent", alert: "Duty rota" };

export class Phone {
  /** `plan`: address, title, role, isPatient. `say(address, text, button)` sends; it resolves when done. */
  constructor(plan, say, putAway) {
    this.plan = plan;
    this.say = say;
    this.thread = [];
    this.nodes = new Map();
    this.lastDay = "";
    this.build(putAway);
  }

  build(putAway) {
    const id = `phone-${this.plan.address.replace(/[^a-z0-9]/g, "-")}`;
    this.title = el("h2", { id: `${id}-name` });
    this.under = el("p", { class: "under" });
    this.badges = el("p", { class: "badges" });
    this.log = el("div", { class: "thread", role: "log", "aria-live": "polite", "aria-labelledby": `${id}-name`, tabindex: "0" });
    this.empty = el("p", { class: "empty" }, this.plan.isPatient ? "No texts yet." : "No texts yet.");
    this.chips = el("div", { class: "chips", role: "group", "aria-label": "Answers to tap" });
    this.input = el("textarea", { rows: "1", maxlength: "1600", id: `${id}-text`, placeholder: "Text message", autocomplete: "off" });
    this.form = el(
      "form",
      { class: "write", onsubmit: (event) => this.submit(event) },
      el("label", { class: "for-ears", for: `${id}-text` }, "Text message"),
      this.input,
      el("button", { type: "submit", class: "send" }, "Send"),
    );
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) this.submit(event);
    });
    this.record = el("details", { class: "record" }, el("summary", {}, "On record"), el("div"));
    this.record.addEventListener("toggle", () => this.showRecord());
    const away = el("button", { type: "button", class: "away", "aria-label": "Put this phone away", onclick: () => putAway(this) }, "×");
    this.node = el(
      "article",
      { class: "phone", id, "aria-labelledby": `${id}-name` },
      el("header", {}, el("div", {}, this.title, this.under, this.badges), away),
      this.log,
      this.empty,
      this.chips,
      this.form,
      this.record,
    );
  }

  /** Show what is known of whoever holds it. */
  who(known) {
    const people = known ? known.people : [];
    const names = people.map((person) => person.name).filter(Boolean).join(" and ");
    this.name = names.split(" ")[0] || (this.plan.isPatient ? "You" : "Somebody new");
    this.title.textContent = names || (this.plan.isPatient ? "You, the patient" : "Somebody new");
    const roles = people.flatMap((person) => person.roles).map(plain);
    const role = this.plan.isPatient && names ? "You, the patient" : [...new Set(roles)].join(", ");
    const [channel, value] = this.plan.address.split(/:(.*)/);
    this.under.textContent = [role, channel === "sms" ? value : `Telegram ${value}`].filter(Boolean).join(" · ");
    this.badges.replaceChildren(...badgesOf(known).map((text) => el("strong", { class: "badge" }, text)));
    this.unread = known ? known.unread : 0;
  }

  /** Show a thread. What is there already stays, so that only what is new is read out. */
  show(thread) {
    const ids = new Set(thread.map((message) => message.id));
    if ([...this.nodes.keys()].some((id) => !ids.has(id))) this.clear();
    const near = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    for (const message of thread) {
      const node = this.nodes.get(message.id);
      if (node) node.update(message);
      else this.add(message);
    }
    this.thread = thread;
    this.empty.hidden = thread.length > 0;
    this.suggest();
    if (near) this.log.scrollTop = this.log.scrollHeight;
    if (this.record.open) this.showRecord();
  }

  clear() {
    this.nodes.clear();
    this.log.replaceChildren();
    this.lastDay = "";
  }

  add(message) {
    const today = dayWords(message.at_local);
    if (today !== this.lastDay) {
      this.log.append(el("p", { class: "day" }, today));
      this.lastDay = today;
    }
    const node = bubble(message, (button) => this.send(button.value, true));
    this.nodes.set(message.id, node);
    this.log.append(node.item);
  }

  suggest() {
    const texts = suggestionsFor(this.thread);
    const shown = [...this.chips.children].map((chip) => chip.textContent);
    if (texts.join("|") === shown.join("|")) return;
    this.chips.replaceChildren(
      ...texts.map((text) => el("button", { type: "button", class: "chip", onclick: () => this.send(text) }, text)),
    );
  }

  submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (text) this.send(text);
  }

  async send(text, button = false) {
    this.input.value = "";
    this.node.setAttribute("aria-busy", "true");
    try {
      await this.say(this.plan.address, text, button);
    } catch {
      if (!button) this.input.value = text; // what went wrong is shown above; nothing typed is lost
    } finally {
      this.node.removeAttribute("aria-busy");
      this.log.scrollTop = this.log.scrollHeight;
    }
  }

  async showRecord() {
    const place = this.record.lastElementChild;
    if (!this.record.open) return;
    try {
      place.replaceChildren(recordList(await recordOf(this.plan.address)));
    } catch {
      place.replaceChildren(el("p", {}, "Nothing is on record yet."));
    }
  }
}

function badgesOf(known) {
  if (!known) return [];
  const found = [];
  if (known.opted_out) found.push("No more texts");
  if (known.carrier_blocked) found.push("Blocked by the phone company");
  if (known.unreachable) found.push("Cannot be reached");
  if (known.held) found.push("A person has taken over");
  if (known.behaves !== "ok") found.push(`Behaves: ${plain(known.behaves).toLowerCase()}`);
  return found;
}

function bubble(message, press) {
  const mine = message.direction === "in";
  const text = message.text || (message.media && message.media.length ? `[${message.media.join(", ")}]` : "[nothing]");
  const label = mine ? null : message.by ? `From ${message.by}` : LABELS[message.kind];
  const state = el("p", { class: "state" });
  const item = el(
    "div",
    { class: `bubble ${mine ? "mine" : "theirs"} ${message.kind}` },
    el("span", { class: "for-ears" }, mine ? "This phone wrote: " : "The service wrote: "),
    label ? el("p", { class: "label" }, label) : null,
    el("p", { class: "words" }, text),
    message.channel === "telegram" && message.buttons && message.buttons.length ? keys(message.buttons, press) : null,
    state,
  );
  const update = (now) => {
    item.classList.toggle("not-there", ["failed", "dropped", "undelivered"].includes(now.state));
    item.classList.toggle("waits", now.state === "queued");
    state.replaceChildren(...stateWords(now, mine));
  };
  update(message);
  return { item, update };
}

const keys = (buttons, press) =>
  el(
    "div",
    { class: "keys" },
    ...buttons.map((button) => el("button", { type: "button", onclick: () => press(button) }, button.label)),
  );

function stateWords(message, mine) {
  const time = el("time", { datetime: message.at }, clockWords(message.at_local));
  if (mine) return [time];
  const [tick, words] = TICKS[message.state] || ["", message.state];
  if (message.state === "queued") return [`Waits until ${shortly(message.at_local)}`];
  const why = message.why_not ? `: ${WHY[message.why_not] || message.why_not}` : "";
  const seen = ["failed", "dropped", "undelivered", "unknown"].includes(message.state);
  return [
    time,
    " ",
    seen ? `${tick} ${plain(words)}${why}` : el("span", { class: "tick", title: plain(words) }, el("span", { "aria-hidden": "true" }, tick), el("span", { class: "for-ears" }, words)),
  ];
}
