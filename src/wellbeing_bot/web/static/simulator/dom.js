// Building the page, and saying times as people say them.

/** An element with attributes and children. Text is always text, never HTML. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export const $ = (selector) => document.querySelector(selector);

const part = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
const DAY = part({ weekday: "long", day: "numeric", month: "long" });
const SHORT_DAY = part({ weekday: "short", day: "numeric", month: "short" });

// A time of the API says its offset; here only what the clock on the wall shows matters.
const wall = (iso) => new Date(`${iso.slice(0, 19)}Z`);

/** 9.30am, 12 noon */
export function clockWords(iso) {
  const at = wall(iso);
  const [hour, minute] = [at.getUTCHours(), at.getUTCMinutes()];
  if (hour === 12 && minute === 0) return "12 noon";
  const minutes = minute ? `.${String(minute).padStart(2, "0")}` : "";
  return `${hour % 12 || 12}${minutes}${hour < 12 ? "am" : "pm"}`;
}

/** Monday 2 November */
export const dayWords = (iso) => DAY.format(wall(iso)).replace(",", "");

/** Mon 2 Nov, 9.30am */
export const shortly = (iso) => `${SHORT_DAY.format(wall(iso)).replace(",", "")}, ${clockWords(iso)}`;

/** "not_there" -> "Not there" */
export function plain(word) {
  const words = word.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
