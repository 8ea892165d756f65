// The page with the phones: looks again whenever something changed, and shows it.

import { change, look, threadOf } from "./simulator/api.js";
import { $, clockWords, dayWords } from "./simulator/dom.js";
import { showGuide, whereNow } from "./simulator/guide.js";
import { addForm, firstPhones } from "./simulator/choosing.js";
import { Phone } from "./simulator/phone.js";
import { markTabs, showTabs } from "./simulator/tabs.js";
import { showTasks } from "./simulator/tasks.js";

const LOOK_EVERY = 1500;
const LOOK_WHILE_MOVING = 350;

let phones = [];
let known = new Map();
let version = "";
let looking = null;
let next = null;
let moving = false;
let urgent = 0;

function trouble(error) {
  const box = $("#trouble");
  box.hidden = !error;
  box.textContent = error ? error.message : "";
}

const tell = (words) => ($("#said").textContent = words);

async function trying(what) {
  trouble(null);
  try {
    return await what();
  } catch (error) {
    trouble(error);
    throw error;
  } finally {
    await refresh();
  }
}

/** Look once. A look that has begun may be too old for a new caller: all who come meanwhile share the next. */
function refresh() {
  if (!looking) {
    looking = lookOnce().finally(() => (looking = null));
    return looking;
  }
  next ??= looking.then(() => {
    next = null;
    return refresh();
  });
  return next;
}

async function lookOnce() {
  try {
    const [clock, all, tasks] = await Promise.all([look("/clock"), look("/phones"), look("/tasks")]);
    showClock(clock);
    known = new Map(all.map((phone) => [phone.address, phone]));
    if (phones.length === 0) firstPhones(all).forEach((plan) => put(plan));
    await Promise.all(phones.map(showPhone));
    urgent = showTasks(tasks, clock.now, (what) => trying(what).catch(() => {}));
    addForm(all, phones, (plan) => put(plan, true));
    tabs();
    guide();
  } catch (error) {
    trouble(error);
  }
}

async function showPhone(phone) {
  phone.who(known.get(phone.plan.address));
  phone.show(await threadOf(phone.plan.address));
}

function showClock(clock) {
  const now = $("#now");
  now.textContent = `${dayWords(clock.now_local)}, ${clockWords(clock.now_local)}`;
  now.setAttribute("datetime", clock.now);
}

function guide() {
  const patient = phones.find((phone) => phone.plan.isPatient);
  const others = phones.filter((phone) => phone !== patient);
  const now = whereNow(patient, others);
  for (const phone of phones) phone.node.classList.toggle("look-here", phone === now.look && now.step > 1);
  showGuide(now, (text) => patient.send(text));
}

function tabs() {
  showTabs(phones, urgent, (phone) => change("/seen", { address: phone.plan.address }).catch(trouble));
}

function put(plan, focus = false) {
  const there = phones.find((phone) => phone.plan.address === plan.address);
  const phone = there || new Phone(plan, say, putAway);
  if (!there) {
    phones.push(phone);
    phone.who(known.get(plan.address));
    $("#phones").append(phone.node);
    showPhone(phone).then(tabs, trouble);
  }
  if (focus) phone.input.focus();
}

function putAway(phone) {
  phones = phones.filter((other) => other !== phone);
  phone.node.remove();
  refresh();
}

const say = (address, text, button) => trying(() => change("/text", { from: address, text, button }));

// "Next session" is the patient's own, where there is one.
async function moveClock(forward) {
  const patient = phones.find((phone) => phone.plan.isPatient);
  if (forward === "to next session" && patient) {
    try {
      return await change("/clock", { forward: `${forward} of ${patient.plan.address}` });
    } catch {
      // Nothing booked yet: the next session of anybody.
    }
  }
  return change("/clock", { forward });
}

async function move(forward) {
  moving = true;
  document.body.classList.add("moving");
  for (const button of document.querySelectorAll(".moves button")) button.disabled = true;
  tell("Time passes …");
  try {
    const moved = await trying(() => moveClock(forward));
    const count = moved.messages.length;
    tell(`${dayWords(moved.now_local)}, ${clockWords(moved.now_local)}. ${count === 0 ? "No texts went out" : count === 1 ? "One text went out" : `${count} texts went out`}.`);
  } catch {
    tell("");
  } finally {
    moving = false;
    document.body.classList.remove("moving");
    for (const button of document.querySelectorAll(".moves button")) button.disabled = false;
  }
}

// A story takes a while to tell, so the first click only asks.
function startAgain(button) {
  if (button.dataset.sure) {
    delete button.dataset.sure;
    button.textContent = "Start again";
    phones.forEach((phone) => phone.node.remove());
    phones = [];
    trying(() => change("/reset", {})).then(() => tell("A new story begins."), () => {});
    return;
  }
  button.dataset.sure = "yes";
  button.textContent = "Forget all this?";
  setTimeout(() => {
    delete button.dataset.sure;
    button.textContent = "Start again";
  }, 4000);
}

async function watch() {
  try {
    const now = await look("/changes");
    if (now.version !== version || moving) {
      version = now.version;
      await refresh();
    }
    if ($("#trouble").dataset.gone) trouble(null);
    delete $("#trouble").dataset.gone;
  } catch (error) {
    $("#trouble").dataset.gone = "yes";
    trouble(error);
  }
  setTimeout(watch, moving ? LOOK_WHILE_MOVING : document.hidden ? LOOK_EVERY * 4 : LOOK_EVERY);
}

for (const button of document.querySelectorAll(".moves button")) {
  button.addEventListener("click", () => move(button.dataset.forward));
}
$("#again").addEventListener("click", (event) => startAgain(event.currentTarget));
window.matchMedia("(max-width: 720px)").addEventListener("change", () => markTabs());
watch();
