// Follows the server's events and keeps the choice in the address.

import { $, address, button, make, now, options, query, say, warn } from "./base.js";
import { chooseAgain, chosenNow, clear } from "./origin.js";
import { showPages } from "./pages.js";
import { showFigures, showMissing, showProblems } from "./panel.js";
import { wait } from "./files.js";

const REST = 20000; // ms after which a hidden tab gives up its connection
const BEAT = 60000; // ms between signs of life of a hidden tab
let events = null;

function choices(next) {
  if (next.years.length) options($("year"), next.years.map((y) => [String(y), String(y)]), String(next.year));
  const templates = next.templates.map(([name, text]) => [name, text || name]);
  // A pack that was given as a folder is not among the known ones.
  const given = next.template && !next.templates.some(([name]) => name === next.template);
  if (given) templates.unshift(["", next.form || next.template]);
  if (next.template || !now.good) options($("template"), templates, given ? "" : next.template);
  if (!next.units && !next.ok) return;
  const units = next.units;
  $("units").hidden = !units;
  if (!units) return;
  $("unit-table").textContent = units.table;
  options($("unit"), units.names.map((name, i) => [String(i), name || `第${i + 1}条（没有名称）`]), String(units.at));
  $("unit-count").textContent = `${units.at + 1}/${units.names.length}`;
  $("unit-previous").disabled = units.at === 0;
  $("unit-next").disabled = units.at === units.names.length - 1;
  unitNames = units.names;
}
let unitNames = [];

function good(next, took) {
  const before = now.good;
  now.good = next;
  now.broken = false;
  document.title = next.title || "汇报预览";
  $("title").textContent = next.title || "汇报预览";
  $("title").title = next.title;
  const chosen = chosenNow();
  clear();
  showPages(before, next);
  showFigures();
  chooseAgain(chosen);
  const parts = [next.files.join("、"), `共${next.pages.length}页`];
  if (next.missing.length) parts.push(`还有${next.missing.length}项待填`);
  else if (next.draft) parts.push("有错误，仍是草稿");
  if (before) parts.push(`${new Date().toLocaleTimeString("zh-CN", { hour12: false })} 已更新`);
  say(parts.join(" · "));
  document.querySelectorAll(".take, #keep").forEach((node) => { node.disabled = false; });
  for (const [id, name] of [["pdf", "下载 PDF"], ["docx", "下载 DOCX"]]) $(id).textContent = next.draft ? `${name}（草稿）` : name;
  $("banner").hidden = true;
  document.body.dataset.took = String(took);
}

function bad(next) {
  now.broken = true;
  const errors = next.problems.filter((problem) => problem.level === "error").length;
  warn(`有${errors}处错误，${now.good ? "下面是上一次正确的页面" : "改正后存盘，页面会自己出来"}`);
  const first = next.problems[0];
  if (first) $("banner").append(`${first.place ? `${first.place}：` : ""}${first.message}`);
  say("改正后存盘，页面会自动更新");
  document.querySelectorAll(".take, #keep").forEach((node) => { node.disabled = true; });
}

function show({ took, view }) {
  document.body.classList.remove("waiting");
  if (view.ok) good(view, took); else bad(view);
  $("pages").classList.toggle("stale", !view.ok);
  showProblems(view.problems);
  if (view.ok || view.missing.length) showMissing(view.missing);
  choices(view);
  document.body.dataset.state = String(Number(document.body.dataset.state || 0) + 1);
}

function follow() {
  if (events) events.close();
  events = new EventSource(address("/events"));
  events.addEventListener("view", (event) => show(JSON.parse(event.data)));
  events.addEventListener("empty", (event) => { events.close(); wait(JSON.parse(event.data)); });
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) return warn("打开的预览太多，或者地址不对：关掉一些标签页，再重新载入");
    warn("与程序的连接断了，正在重连；如果程序已经结束，请重新打开它");
  });
  events.addEventListener("open", () => { if (!now.broken) $("banner").hidden = true; });
}

// Another choice: the pages stay until the new ones are there.
function choose(changes) {
  for (const [key, value] of Object.entries(changes)) if (value) query.set(key, value); else query.delete(key);
  history.pushState(null, "", address(location.pathname));
  say("正在换");
  follow();
}
addEventListener("popstate", () => {
  const before = new URLSearchParams(location.search);
  for (const key of ["doc", "file", "year", "template", "unit"]) if (before.get(key)) query.set(key, before.get(key)); else query.delete(key);
  follow();
});

$("year").addEventListener("change", (event) => choose({ year: event.target.value }));
$("template").addEventListener("change", (event) => choose({ template: event.target.value, unit: "" }));
const unit = (at) => { if (unitNames[at] !== undefined) choose({ unit: unitNames[at] }); };
$("unit").addEventListener("change", (event) => unit(Number(event.target.value)));
$("unit-previous").addEventListener("click", () => unit(Number($("unit").value) - 1));
$("unit-next").addEventListener("click", () => unit(Number($("unit").value) + 1));

// Browsers allow six connections to a server: a hidden tab gives up its own and comes back
// when it is seen. Until then it says that its file is still wanted.
let resting = 0;
let beating = 0;
document.addEventListener("visibilitychange", () => {
  clearTimeout(resting);
  clearInterval(beating);
  if (!document.hidden) {
    if (events && events.readyState === EventSource.CLOSED && now.good) follow();
    return;
  }
  resting = setTimeout(() => { if (events) events.close(); }, REST);
  if (query.get("doc")) beating = setInterval(() => fetch(address("/alive")).catch(() => {}), BEAT);
});
addEventListener("pagehide", () => { if (query.get("doc")) navigator.sendBeacon(`/close?doc=${query.get("doc")}`); });

follow();
