// Comforts only: every page works without this script.
import { initAll } from "./vendor/nhsuk-frontend/nhsuk-frontend.min.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported", "desk-script");
initAll();

// On a phone the menu is one line that scrolls; where one is stands in view.
document.querySelector(".desk-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

for (const form of document.querySelectorAll("[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// What takes some seconds says so, and is not begun twice.
for (const form of document.querySelectorAll("[data-busy]")) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button:not([type])");
    button.textContent = form.dataset.busy;
    button.setAttribute("aria-disabled", "true");
    form.addEventListener("submit", (event) => event.preventDefault());
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

// Parts of a page that refresh themselves. Somebody typing or with the focus inside is not disturbed.
function busy(part) {
  return part.contains(document.activeElement) && document.activeElement !== document.body;
}

async function refresh(part) {
  if (document.hidden || busy(part)) return;
  const answer = await fetch(part.dataset.poll, { headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
  if (!answer.ok) return;
  const html = await answer.text();
  if (html === part.lastHtml || busy(part)) return;
  if (part.lastHtml !== undefined) part.innerHTML = html;
  part.lastHtml = html;
}

for (const part of document.querySelectorAll("[data-poll]")) {
  const seconds = Number(part.dataset.pollEvery) || 20;
  refresh(part).catch(() => {});
  setInterval(() => refresh(part).catch(() => {}), seconds * 1000);
}

// Search as you type: the words travel in the body of the request, never in an address.
for (const input of document.querySelectorAll("[data-search]")) {
  const form = input.form;
  const found = form.querySelector("[data-search-found]");
  let timer = 0;
  let latest = 0;
  const close = () => found.replaceChildren();
  const look = async () => {
    const mine = ++latest;
    if (input.value.trim().length < 2) return close();
    const answer = await fetch(input.dataset.search, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.ok && mine === latest) found.innerHTML = await answer.text();
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look().catch(() => {}), 180);
  });
  form.addEventListener("keydown", (event) => {
    const links = [...found.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      input.focus();
    } else if (event.key === "ArrowDown" && links.length) {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (links[at - 1] || input).focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!form.contains(event.target)) close();
  });
}

// How long a text is and how many SMS parts it takes, said by the server, which knows the alphabet.
for (const area of document.querySelectorAll("[data-parts]")) {
  const said = document.getElementById(area.dataset.partsIn);
  let timer = 0;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const body = new URLSearchParams(new FormData(area.form));
      const answer = await fetch(area.dataset.parts, { method: "POST", body });
      if (answer.ok) said.textContent = await answer.text();
    }, 300);
  });
}

// Keys: j and k move through the worklist, / searches. Off while somebody types.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const search = document.getElementById("search");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
  if (event.key !== "j" && event.key !== "k") return;
  const tasks = [...document.querySelectorAll(".desk-task__title a")];
  if (!tasks.length) return;
  const at = tasks.findIndex((link) => link.closest(".desk-task").contains(document.activeElement));
  const next = at + (event.key === "j" ? 1 : -1);
  tasks[Math.max(0, Math.min(next, tasks.length - 1))].focus();
});
