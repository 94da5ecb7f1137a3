// The panel: problems as the clerk reads them, what is still to be filled in, every figure.

import { $, button, cellsOf, cellText, make, now, query, sourceText, warn } from "./base.js";
import { chooseCell, chooseFigure, highlight } from "./origin.js";

function item(list, ...nodes) {
  const li = make("li");
  li.append(...nodes);
  list.append(li);
}

function press(row) {
  row.setAttribute("aria-pressed", "true");
}

const count = (id, n) => { $(id).textContent = n ? `${n}` : ""; };

function details(problem) {
  const box = make("div", "detail");
  box.hidden = true;
  box.append(make("p", "unprinted none", "这一处没有印在页面上"));
  box.firstChild.hidden = true;
  if (problem.sentence) {
    const [before, words, after] = problem.sentence;
    const line = make("p", "", "原文：");
    line.append(before, make("mark", "", words), after);
    box.append(line);
  }
  // How a command would choose a template is of no use beside a field for it.
  const helps = problem.code === "T000" ? ["在上面的“模板”里选一个"] : problem.helps;
  for (const help of helps) box.append(make("p", "", help.startsWith("另见") ? help : `怎么办：${help}`));
  if (problem.excerpt) box.append(make("pre", "", problem.excerpt));
  return box;
}

export function showProblems(problems) {
  const list = $("problems");
  const open = new Set([...list.querySelectorAll(".row[aria-expanded=true]")].map((row) => row.dataset.key));
  list.replaceChildren();
  count("n-problems", problems.length);
  if (problems.length === 0) list.append(make("li", "none", "没有发现问题"));
  for (const problem of problems) {
    const row = button(`row ${problem.level}`);
    const head = make("div");
    head.append(make("span", "label", problem.label), problem.message);
    row.append(head);
    const where = problem.subject ? `${problem.place}（${problem.subject}）` : problem.place;
    if (where) row.append(make("div", "quiet", where));
    const box = details(problem);
    row.dataset.key = `${problem.code} ${problem.place} ${problem.message}`;
    const show = (yes) => { box.hidden = !yes || ![...box.children].some((node) => !node.hidden); row.setAttribute("aria-expanded", String(yes)); };
    show(problem.level === "error" || open.has(row.dataset.key));
    row.addEventListener("click", () => {
      const of = (figure) => figure.template === problem.place || cellsOf(figure).some((cell) => cell.place === problem.place);
      const places = highlight(row.dataset.key, problem.place ? of : () => false, problem.spots, problem.level);
      box.querySelector(".unprinted").hidden = places > 0 || !now.good || now.broken;
      show(places > 0 || box.hidden);
      press(row);
    });
    item(list, row, box);
  }
}

// What is typed here goes into the cell of the workbook, where that lies in the folder of the desk.
function entering(entry) {
  const form = make("form", "enter");
  const field = make("input");
  field.setAttribute("aria-label", `填“${entry.name}”`);
  const put = button("", "填上");
  put.type = "submit";
  form.append(field, put);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!field.value.trim()) return;
    put.disabled = true;
    try {
      const answer = await fetch("/desk/enter", { method: "POST", body: JSON.stringify({ file: query.get("file"), ...entry.cell, text: field.value }) });
      if (!answer.ok) warn(await answer.text());
    } catch {
      warn("没有填上：程序可能已经结束");
    }
    put.disabled = false;
  });
  return form;
}

// A value that is being typed while the page is told a new state is kept.
function typing() {
  const field = document.activeElement && document.activeElement.closest("#missing .enter input");
  return field && { label: field.getAttribute("aria-label"), text: field.value };
}

export function showMissing(missing) {
  const list = $("missing");
  const typed = typing();
  list.replaceChildren();
  count("n-missing", missing.length);
  if (missing.length === 0) list.append(make("li", "none", "都填好了"));
  for (const entry of missing) {
    const row = button("row missing", make("b", "", entry.name));
    if (entry.place) row.append(make("div", "quiet", `填在 ${entry.place}`));
    const help = make("div", "detail", entry.help);
    help.hidden = true;
    row.addEventListener("click", () => {
      const written = `〔待填：${entry.name.endsWith("（报告信息）") ? `报告.${entry.name.slice(0, -6)}` : entry.name}〕`;
      const named = (figure) => figure.missing && figure.text.includes(written);
      const places = highlight(`missing ${entry.name}`, named);
      help.textContent = [entry.help, places ? "" : "没有印在页面上，但按模板必须填"].filter(Boolean).join("；");
      help.hidden = help.textContent === "";
      press(row);
    });
    item(list, row, help, ...(entry.cell && query.get("file") ? [entering(entry)] : []));
  }
  const again = typed && [...list.querySelectorAll(".enter input")].find((field) => field.getAttribute("aria-label") === typed.label);
  if (again) {
    again.value = typed.text;
    again.focus();
  }
}

function matches(figure, words) {
  if (!words) return true;
  const text = [figure.text, figure.expression, ...cellsOf(figure).map((cell) => `${cell.name} ${cellText(cell)}`)].join(" ");
  return words.split(/\s+/).every((word) => text.includes(word));
}

function figures() {
  const list = $("figures");
  list.replaceChildren();
  const all = now.good ? now.good.figures : [];
  const words = $("filter").value.trim();
  // The name of the file is made of figures too; what is not on a page is not listed.
  const printed = new Set(now.good ? now.good.pages.flatMap((page) => page.spots.map(([id]) => id)) : []);
  all.forEach((figure, id) => {
    if (!printed.has(id) || !matches(figure, words)) return;
    const row = button("row figure", make("b", "", figure.text), make("span", "quiet", sourceText(figure)));
    row.addEventListener("click", () => { chooseFigure(id); press(row); });
    item(list, row);
  });
  if (!list.hasChildNodes()) list.append(make("li", "none", words ? "没有找到" : "没有数字"));
  count("n-figures", printed.size);
}

export function showFigures() {
  figures();
}

$("filter").addEventListener("input", figures);
$("filter").addEventListener("keydown", (event) => {
  // A cell written out, such as 乡镇!C7, is chosen with Enter.
  if (event.key !== "Enter" || !now.good) return;
  const words = event.target.value.trim();
  const at = now.good.cells.findIndex((cell) => cell.place === words || cell.place.endsWith(` ${words}`));
  if (at >= 0) chooseCell(at);
});
