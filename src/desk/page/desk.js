// What the pages of the desk share. All text from data is set as text, never as HTML.

import { $, button, make, options } from "/base.js";
export { $, button, make, options };

export const query = new URLSearchParams(location.search);

export const say = (text) => { $("status").textContent = text; };
export function fail(text) {
  $("wrong").textContent = text;
  $("wrong").hidden = !text;
  if (text) { say(""); $("wrong").scrollIntoView({ block: "nearest" }); }
}

async function answered(asked) {
  let answer;
  try { answer = await asked; } catch { throw new Error("程序已经结束，请重新打开汇报"); }
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}
const address = (path, more = {}) => {
  const given = new URLSearchParams(Object.entries(more).filter(([, value]) => value)).toString();
  return given ? `${path}?${given}` : path;
};
export const ask = async (path, more) => (await answered(fetch(address(path, more)))).json();
export const askText = async (path, more) => (await answered(fetch(address(path, more)))).text();
export const send = (path, body) => answered(fetch(path, { method: "POST", body: JSON.stringify(body) }));
export const sendJson = async (path, body) => (await send(path, body)).json();

// Does what may fail, and says why it did.
export const trying = (act) => async (...given) => {
  fail("");
  try { await act(...given); } catch (error) { fail(error.message); }
};

export function link(text, href, name = "button") {
  const node = make("a", name, text);
  node.href = href;
  return node;
}
export const reportOf = (more) => address("/report", more);

// A file that was made: downloaded, or shown where it is.
export function offered(offer, text) {
  const node = link(text || `下载 ${offer.name}`, address("/desk/file", { name: offer.id }));
  node.download = offer.name;
  return node;
}
export function shown(offer, text = "打开所在文件夹") {
  const node = button("", text);
  node.addEventListener("click", trying(() => send("/desk/reveal", { id: offer.id })));
  return node;
}

export function row(...nodes) {
  const node = make("div", "row");
  node.append(...nodes.filter(Boolean));
  return node;
}

export const templatesOf = (shelf) => shelf.templates.map((known) => [known.name, known.own ? `${known.title}（本文件夹）` : known.title || known.name]);

// When a file was opened on this page: kept by the browser, for this folder.
const opened = (shelf) => `opened ${shelf.path}`;
export const openedAt = (shelf) => { try { return JSON.parse(localStorage.getItem(opened(shelf))) || {}; } catch { return {}; } };
export function opening(shelf, name) {
  try { localStorage.setItem(opened(shelf), JSON.stringify({ ...openedAt(shelf), [name]: Date.now() })); } catch { /* not kept */ }
}
export const when = (ms) => {
  const date = new Date(ms);
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString("zh-CN", today ? { hour: "2-digit", minute: "2-digit" } : { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
};

export const mainlyData = (shelf) => [...shelf.data].sort((a, b) => b.changed - a.changed);

document.querySelectorAll("header nav a").forEach((node) => {
  if (node.pathname === location.pathname && !node.hash) node.setAttribute("aria-current", "page");
});
