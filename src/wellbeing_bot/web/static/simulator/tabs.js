// On a narrow screen one thing is shown at a time: a phone, the tasks, or adding a phone.

import { $, el } from "./dom.js";

let current = null; // an element's id

const isNarrow = () => window.matchMedia("(max-width: 720px)").matches;

/** The row of tabs. `seen(phone)` is called when a phone comes into view. */
export function showTabs(phones, urgent, seen) {
  const targets = phones.map((phone) => ({ id: phone.node.id, name: phone.name, count: phone.unread, phone }));
  targets.push({ id: "tasks", name: "Tasks", count: Number($("#tasks-count").textContent) || 0, isUrgent: urgent > 0 });
  targets.push({ id: "add-phone", name: "Add", count: 0 });
  if (!targets.some((target) => target.id === current)) current = targets[0].id;
  const focused = document.activeElement?.dataset?.tab;
  $("#tabs").replaceChildren(...targets.map((target) => tab(target, seen)));
  if (focused) $(`#tabs [data-tab="${focused}"]`)?.focus();
  markTabs();
  const here = isNarrow() ? phones.filter((phone) => phone.node.id === current) : phones;
  for (const phone of here) {
    if (phone.unread > 0 && !document.hidden) {
      phone.unread = 0;
      seen(phone);
    }
  }
}

function tab(target, seen) {
  const open = () => {
    current = target.id;
    markTabs();
    if (target.phone && target.phone.unread) seen(target.phone);
  };
  return el(
    "button",
    { type: "button", "data-tab": target.id, class: target.isUrgent ? "urgent" : "", onclick: open },
    target.name,
    target.count ? el("span", { class: "count" }, String(target.count), el("span", { class: "for-ears" }, target.phone ? " unread" : " open")) : null,
  );
}

/** Show only what the current tab stands for, where the screen is narrow. */
export function markTabs() {
  for (const button of document.querySelectorAll("#tabs button")) {
    const isCurrent = button.dataset.tab === current;
    if (isCurrent) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    document.getElementById(button.dataset.tab)?.classList.toggle("here", isCurrent);
  }
}
