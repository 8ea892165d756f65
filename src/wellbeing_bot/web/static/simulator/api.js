// Talking to the service. Whatever goes wrong becomes an Error whose message can be shown.

const BASE = "/simulator/api";

async function ask(method, path, body) {
  let answer;
  try {
    answer = await fetch(BASE + path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Error("The demo does not answer. Is it still running?");
  }
  const found = await answer.json().catch(() => ({ error: "The demo sent something strange", cure: "reload the page" }));
  if (!answer.ok) throw new Error(`${found.error}: ${found.cure}`);
  return found;
}

export const look = (path) => ask("GET", path);
export const change = (path, body) => ask("POST", path, body);
export const threadOf = (address) => look(`/messages?address=${encodeURIComponent(address)}`);
export const recordOf = (address) => look(`/people/${encodeURIComponent(address)}`);
