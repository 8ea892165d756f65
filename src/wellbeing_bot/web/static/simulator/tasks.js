// The open tasks, and the few things staff do with them.

import { change } from "./api.js";
import { $, el, plain, shortly } from "./dom.js";

const WORDS = { urgent: "Urgent", soon: "Soon", routine: "Routine" };
export const ACTOR = "Sam at the desk";

/** Show the tasks as they stand at `now`. `did` does something about one, and looks again. */
export function showTasks(tasks, now, did) {
  const urgent = tasks.filter((task) => task.urgency === "urgent").length;
  $("#tasks-count").textContent = tasks.length ? `${tasks.length}` : "";
  $("#tasks").classList.toggle("has-urgent", urgent > 0);
  const list = $("#task-list");
  const open = new Set([...list.querySelectorAll("details[open]")].map((node) => node.dataset.task));
  if (list.contains(document.activeElement) && document.activeElement.tagName === "TEXTAREA") return urgent;
  list.replaceChildren(
    ...(tasks.length
      ? tasks.map((task) => card(task, now, did, open.has(String(task.id))))
      : [el("li", { class: "nothing" }, "Nothing to do. Tasks appear here when a person is needed.")]),
  );
  return urgent;
}

function card(task, now, did, isOpen) {
  const about = [task.person ? task.person.name || "Somebody new" : null, task.session ? task.session.group_name : null];
  const meta = [
    about.filter(Boolean).join(", "),
    task.due_at ? `${Date.parse(task.due_at) < Date.parse(now) ? "was due" : "due"} ${shortly(task.due_at)}` : null,
    task.acknowledged_by ? `${task.acknowledged_by} has it` : null,
  ];
  const texts = task.notes.filter((note) => note.text);
  return el(
    "li",
    { class: `task ${task.urgency}` },
    el("p", { class: "kind" }, el("strong", { class: "tag" }, WORDS[task.urgency]), ` ${plain(task.kind)}`),
    el("p", { class: "meta" }, meta.filter(Boolean).join(" · ")),
    el("p", {}, task.summary),
    texts.length
      ? el(
          "details",
          { "data-task": task.id, open: isOpen },
          el("summary", {}, texts.length === 1 ? "What they wrote" : `What was written (${texts.length})`),
          ...texts.map((note) => el("blockquote", {}, note.text)),
        )
      : null,
    buttons(task, did),
    task.person ? replyForm(task, did) : null,
  );
}

function buttons(task, did) {
  const act = (action, args) => () => did(() => change(`/actions/${action}`, { actor: ACTOR, ...args }));
  const name = plain(task.kind).toLowerCase();
  return el(
    "div",
    { class: "acts" },
    task.state === "raised" ? el("button", { type: "button", onclick: act("acknowledge", { task: task.id }), "aria-label": `I have it: ${name}` }, "I have it") : null,
    el("button", { type: "button", onclick: act("done", { task: task.id }), "aria-label": `Done: ${name}` }, "Done"),
    task.person && ["urgent_words", "asks_for_person"].includes(task.kind)
      ? el("button", { type: "button", onclick: act("hand_back", { person: task.person.id }), "aria-label": `Hand back to the bot: ${name}` }, "Hand back to the bot")
      : null,
  );
}

function replyForm(task, did) {
  const box = el("textarea", { rows: "2", id: `reply-${task.id}` });
  const send = (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    box.blur();
    did(async () => {
      const { result } = await change("/actions/reply", { actor: ACTOR, person: task.person.id, text });
      if (result.sent === false) throw new Error(`Not sent: ${result.why}`);
    });
  };
  return el(
    "details",
    { class: "reply", "data-task": `reply-${task.id}` },
    el("summary", {}, "Write to them"),
    el("form", { onsubmit: send }, el("label", { for: `reply-${task.id}` }, "Your text"), box, el("button", { type: "submit" }, "Send")),
  );
}
