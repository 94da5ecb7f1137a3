// 核对: what is wrong or doubtful, each with its sentence and its cell, after every save.

import { $, ask, fail, mainlyData, make, options, query, reportOf, say, sendJson, shown, templatesOf, trying } from "./desk.js";
import { showProof } from "./proof.js";

let shelf = null;
let events = null;
let state = "";

function finding(problem) {
  const box = make("div", `finding ${problem.level}`);
  const head = make("p");
  head.append(make("span", "label", problem.label), problem.message);
  box.append(head);
  if (problem.sentence) {
    const [before, words, after] = problem.sentence;
    const line = make("p", "sentence");
    line.append(before, make("mark", "", words), after);
    box.append(line);
  }
  const where = problem.subject ? `${problem.place}（${problem.subject}）` : problem.place;
  if (where) box.append(make("p", "soft", where));
  // How a command would choose a template is of no use on a page that has a field for it.
  const helps = problem.code === "T000" ? ["在上面选一个模板"] : problem.helps;
  for (const help of helps) box.append(make("p", "", help.startsWith("另见") ? help : `怎么办：${help}`));
  return box;
}

function show({ view }) {
  const count = (level) => view.problems.filter((problem) => problem.level === level).length;
  const parts = [["error", "处错误"], ["warning", "处警告"], ["notice", "处提示"]].map(([level, word]) => [count(level), word]);
  const told = parts.filter(([n]) => n).map(([n, word]) => `${n}${word}`).join("、");
  $("counts").textContent = told || (view.ok ? "没有发现问题" : "");
  $("missing").replaceChildren();
  if (view.missing.length) {
    const box = make("details", "box");
    box.append(make("summary", "", `还有 ${view.missing.length} 项没有填`));
    for (const entry of view.missing) box.append(make("p", "wrap", entry.place ? `${entry.name}：填在 ${entry.place}` : entry.name));
    $("missing").append(box);
  }
  $("findings").replaceChildren(...view.problems.map(finding));
  $("result").hidden = false;
  state = view.ok ? view.state : "";
  $("more").hidden = false;
  document.querySelectorAll(".take").forEach((node) => { node.disabled = !state; });
  say([view.title, view.units ? `第 ${view.units.at + 1} 份，共 ${view.units.names.length} 份` : ""].filter(Boolean).join(" · "));
  showProof($("data").value, state);
  document.body.dataset.views = String(Number(document.body.dataset.views || 0) + 1);
}

function follow() {
  if (events) events.close();
  const more = { file: $("data").value, template: $("template").value };
  $("look").href = reportOf(more);
  events = new EventSource(reportOf(more).replace("/report", "/events"));
  events.addEventListener("view", (event) => { fail(""); show(JSON.parse(event.data)); });
  events.addEventListener("error", () => {
    fail(events.readyState === EventSource.CLOSED ? "打开的页太多，关掉一些再试" : "与程序的连接断了；如果程序已经结束，请重新打开汇报");
  });
}

const dataChosen = trying(async () => {
  const card = await ask("/desk/card", { file: $("data").value });
  const known = templatesOf(shelf);
  options($("template"), card.state === "open" ? known : [["", card.form ? `表里写的：${card.form}` : "表里写的"], ...known], card.state === "open" ? known[0]?.[0] || "" : "");
  say("正在看");
  follow();
});

$("form").addEventListener("submit", (event) => event.preventDefault());
$("data").addEventListener("change", dataChosen);
$("template").addEventListener("change", follow);
document.querySelectorAll(".take").forEach((node) => node.addEventListener("click", trying(async () => {
  say("正在做");
  const [kept] = await sendJson("/desk/keep", { state, what: [node.dataset.what] });
  say(`已存到文件夹：${kept.file.name}${kept.beside ? "（原来的改动过，没有覆盖）" : ""}`);
  $("status").append(" ", shown(kept.file));
})));

trying(async () => {
  shelf = await ask("/desk/folder");
  options($("data"), mainlyData(shelf).map((item) => [item.name, item.name]), query.get("file") || mainlyData(shelf)[0]?.name || "");
  if (shelf.data.length) await dataChosen(); else say("文件夹里还没有表格");
  document.body.dataset.ready = "1";
})();
