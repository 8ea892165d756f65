// Which phones lie on the table at first, and adding another.

import { $, el, plain } from "./dom.js";

const PATIENT = "sms:+447700900123";
const isChampion = (phone) => phone.people.some((person) => person.champion_of.length > 0);
const isStaff = (phone) =>
  phone.people.some((person) => person.on_duty_rota || person.roles.includes("coordinator") || person.roles.includes("link_worker"));

/** A patient nobody knows yet, two champions of one group, and somebody on duty. */
export function firstPhones(all) {
  const champions = all.filter(isChampion);
  const walk = champions.filter((phone) => phone.people.some((person) => person.champion_of.includes("harbour-walk")));
  const two = (walk.length >= 2 ? walk : champions).slice(0, 2);
  const staff = all.find((phone) => isStaff(phone) && !two.includes(phone));
  const others = [...two, staff].filter(Boolean).map((phone) => ({ address: phone.address, isPatient: false }));
  return [{ address: PATIENT, isPatient: true }, ...others];
}

function label(phone) {
  const who = phone.people.map((person) => person.name || "Somebody new").join(" and ") || "Somebody new";
  const roles = [...new Set(phone.people.flatMap((person) => person.roles))].map(plain).join(", ").toLowerCase();
  const how = phone.channel === "telegram" ? "Telegram" : phone.number;
  return `${who}${roles ? `, ${roles}` : ""} (${how})${phone.unread ? ` – ${phone.unread} unread` : ""}`;
}

let before = "";

/** The card with which another phone is taken up. `put(plan)` lays it on the table. */
export function addForm(all, phones, put) {
  const shown = new Set(phones.map((phone) => phone.plan.address));
  const rest = all.filter((phone) => !shown.has(phone.address));
  const key = JSON.stringify(rest.map(label));
  const old = $("#add-phone");
  if (old && old.contains(document.activeElement)) return;
  if (old && key === before) return;
  before = key;
  const waiting = rest.filter((phone) => phone.unread > 0).slice(0, 6);
  const pick = el("select", { id: "add-known" }, el("option", { value: "" }, "Choose …"), ...rest.map((phone) => el("option", { value: phone.address }, label(phone))));
  const number = el("input", { id: "add-new", type: "text", inputmode: "tel", placeholder: "07700 900456 or telegram:456", autocomplete: "off" });
  const add = (event) => {
    event.preventDefault();
    const written = number.value.trim();
    const address = pick.value || addressOf(written);
    if (!address) {
      number.setCustomValidity("Write a number such as 07700 900456, or telegram:456");
      number.reportValidity();
      return;
    }
    put({ address, isPatient: false });
    pick.value = "";
    number.value = "";
    event.target.querySelector("button").blur();
  };
  number.addEventListener("input", () => number.setCustomValidity(""));
  const card = el(
    "section",
    { class: "phone add", id: "add-phone", "aria-labelledby": "add-name" },
    el("h2", { id: "add-name" }, "Add a phone"),
    waiting.length
      ? el(
          "div",
          { class: "waiting" },
          el("p", {}, "These have texts you have not seen:"),
          ...waiting.map((phone) => el("button", { type: "button", class: "chip", onclick: () => put({ address: phone.address, isPatient: false }) }, label(phone))),
        )
      : null,
    el(
      "form",
      { onsubmit: add },
      el("label", { for: "add-known" }, "Somebody the service knows"),
      pick,
      el("label", { for: "add-new" }, "Or somebody new"),
      number,
      el("button", { type: "submit" }, "Add"),
    ),
  );
  if (old) old.replaceWith(card);
  else $("#side").append(card);
}

/** "07700 900456" -> "sms:+447700900456" */
function addressOf(written) {
  const telegram = written.match(/^telegram:\s*(-?\d+)$/i);
  if (telegram) return `telegram:${telegram[1]}`;
  const digits = written.replace(/^sms:/i, "").replace(/[^\d+]/g, "");
  if (/^0\d{9,10}$/.test(digits)) return `sms:+44${digits.slice(1)}`;
  return /^\+\d{8,15}$/.test(digits) ? `sms:${digits}` : null;
}
