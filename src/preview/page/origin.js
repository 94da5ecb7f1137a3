// Where a printed figure comes from: on hovering, on focus, on a tap; and every place where
// a cell or a problem is printed.

import { $, button, cellsOf, cellText, make, now, sourceText } from "./base.js";
import { placed } from "./pages.js";

const MANY = 8; // lines of cells that the bubble shows
let hiding = 0;
let turn = { key: "", at: 0 };
let kept = null; // what is chosen, to be chosen again after a save

const spotOf = (event) => event.target instanceof Element && event.target.closest(".spot");
const figureOf = (spot) => now.good && now.good.figures[Number(spot.dataset.figure)];

// Cells below each other are one line: `数据.xlsx 乡镇!G2:G18 = 52、48、44（17格）`.
function ranges(cells) {
  const at = (cell) => /^(.*!)([A-Z]+)(\d+)$/.exec(cell.place);
  const groups = [];
  for (const cell of cells) {
    const here = at(cell);
    const group = groups[groups.length - 1];
    const last = group && at(group[group.length - 1]);
    const below = here && last && here[1] === last[1] && here[2] === last[2] && Number(here[3]) === Number(last[3]) + 1;
    if (below) group.push(cell); else groups.push([cell]);
  }
  return groups.flatMap((group) => {
    if (group.length < 3) return group.map((cell) => ({ text: cellText(cell), name: cell.name }));
    const [first, last] = [at(group[0]), at(group[group.length - 1])];
    const values = group.map((cell) => cell.shown || "空白").join("、");
    const name = group[0].name.replace(/\[[^\]]*\]/, "");
    return [{ text: `${first[0]}:${last[2]}${last[3]} = ${values}（${group.length}格）`, name }];
  });
}

function bubble(spot, x, y) {
  const figure = figureOf(spot);
  if (!figure) return;
  clearTimeout(hiding);
  const box = $("origin");
  box.replaceChildren(make("strong", "", figure.text));
  if (figure.reads.length === 0) box.append(make("div", "", sourceText(figure)));
  const lines = ranges(cellsOf(figure));
  for (const { text, name } of lines.slice(0, MANY)) {
    const line = make("div", "cell", text);
    if (name) line.append(" ", make("span", "quiet", name));
    box.append(line);
  }
  if (figure.compared) box.append(make("div", "quiet", `比较了${figure.compared}个单元格`));
  if (lines.length > MANY || figure.more) box.append(make("div", "", "还有别的单元格，点一下看全部"));
  box.append(make("div", "quiet", `${figure.template} {{ ${figure.expression} }}`));
  box.hidden = false;
  box.style.left = `${Math.max(4, Math.min(x, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${y + box.offsetHeight + 16 > innerHeight ? Math.max(4, y - box.offsetHeight - 28) : y + 12}px`;
  document.querySelectorAll(".spot[aria-describedby]").forEach((other) => other.removeAttribute("aria-describedby"));
  spot.setAttribute("aria-describedby", "origin");
}

const hide = () => { $("origin").hidden = true; };

export function clear() {
  kept = null;
  document.querySelectorAll(".area").forEach((node) => node.remove());
  document.querySelectorAll(".spot.chosen").forEach((spot) => spot.classList.remove("chosen"));
  document.querySelectorAll(".row[aria-pressed=true]").forEach((row) => row.setAttribute("aria-pressed", "false"));
  $("chosen").hidden = true;
}

// Highlights the figures that pass and the areas; asked for the same again, it goes on to
// the next place. Gives the number of places.
export function highlight(key, test, areas = [], level = "", still = false) {
  clear();
  if (!now.good) return 0;
  const places = [];
  document.querySelectorAll(".spot").forEach((spot) => {
    if (test(figureOf(spot), Number(spot.dataset.figure))) {
      spot.classList.add("chosen");
      places.push(spot);
    }
  });
  for (const [page, ...box] of areas) {
    const element = $(`page-${page + 1}`);
    if (!element) continue;
    const area = placed(make("div", `area ${level}`), box);
    element.append(area);
    places.push(area);
  }
  turn = { key, at: turn.key === key && places.length ? (turn.at + 1) % places.length : 0 };
  if (places.length && !still) places[turn.at].scrollIntoView({ block: "center" });
  return places.length;
}

const pagesOf = () => {
  const pages = new Set([...document.querySelectorAll(".spot.chosen, .area")].map((n) => n.parentElement.id.slice(5)));
  return [...pages].map((page) => `第${page}页`).join("、");
};

// Every place where the cell is printed, alone or in a sum.
export function chooseCell(at, still = false) {
  const cell = now.good.cells[at];
  const count = highlight(`cell ${cell.place}`, (figure) => figure.reads.includes(at), [], "", still);
  kept = { cell: cell.place };
  const body = $("chosen-body");
  body.replaceChildren(make("p", "", cellText(cell)), make("p", "quiet", cell.name));
  body.append(make("p", "", count ? `用在${count}处：${pagesOf()}` : "没有印在页面上"));
  $("chosen").hidden = false;
}

// A figure with all its cells, and every place that has a cell in common with it.
export function chooseFigure(id, still = false) {
  const figure = now.good.figures[id];
  const own = new Set(figure.reads);
  const first = [...document.querySelectorAll(".spot")].find((spot) => Number(spot.dataset.figure) === id);
  const count = highlight(`figure ${id}`, (other, i) => i === id || other.reads.some((read) => own.has(read)), [], "", true);
  if (first && !still) first.scrollIntoView({ block: "nearest" });
  const same = now.good.figures.slice(0, id).filter((other) => other.template === figure.template).length;
  kept = { template: figure.template, same };
  const body = $("chosen-body");
  body.replaceChildren(make("p", "", ""));
  body.firstChild.append(make("b", "", figure.text));
  body.append(make("p", "quiet", `${figure.template} {{ ${figure.expression} }}`));
  const list = make("ul", "cells");
  figure.reads.forEach((at) => {
    const cell = now.good.cells[at];
    const row = button("row", make("div", "", cellText(cell)), make("div", "quiet", cell.name));
    row.addEventListener("click", () => chooseCell(at));
    const item = make("li");
    item.append(row);
    list.append(item);
  });
  if (figure.reads.length === 0) body.append(make("p", "", sourceText(figure)));
  if (figure.compared) list.append(make("li", "none", `比较了${figure.compared}个单元格`));
  if (figure.more) list.append(make("li", "none", `还有${figure.more}个单元格没有列出`));
  body.append(list, make("p", "quiet", count > 1 ? `同样的单元格用在${count}处：${pagesOf()}` : "只用在这一处"));
  $("chosen").hidden = false;
}

// After a save the same is chosen again, and nothing moves.
export function chooseAgain(chosen) {
  if (!chosen || !now.good) return;
  if (chosen.cell) {
    const at = now.good.cells.findIndex((cell) => cell.place === chosen.cell);
    if (at >= 0) chooseCell(at, true);
    return;
  }
  const ids = now.good.figures.map((figure, id) => [figure, id]).filter(([figure]) => figure.template === chosen.template);
  if (ids[chosen.same]) chooseFigure(ids[chosen.same][1], true);
}
export const chosenNow = () => kept;

addEventListener("pointerover", (event) => {
  const spot = spotOf(event);
  if (spot) return bubble(spot, event.clientX, event.clientY);
  if (event.target instanceof Element && event.target.closest("#origin")) return clearTimeout(hiding);
  clearTimeout(hiding);
  hiding = setTimeout(hide, 200);
});
addEventListener("focusin", (event) => {
  const spot = spotOf(event);
  if (!spot) return hide();
  document.querySelectorAll(".spot[tabindex='0']").forEach((other) => { other.tabIndex = -1; });
  spot.tabIndex = 0;
  const box = spot.getBoundingClientRect();
  bubble(spot, box.left, box.bottom);
});
addEventListener("click", (event) => {
  const spot = spotOf(event);
  if (spot && figureOf(spot)) chooseFigure(Number(spot.dataset.figure));
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    hide();
    clear();
  }
  const spot = document.activeElement && document.activeElement.closest(".spot");
  if (!spot) return;
  const spots = [...document.querySelectorAll(".spot")];
  const at = spots.indexOf(spot);
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: spots.length - 1 }[event.key];
  if (to === undefined || !spots[to]) return;
  event.preventDefault();
  spots[to].focus({ preventScroll: true });
  spots[to].scrollIntoView({ block: "nearest" });
});
addEventListener("scroll", hide, true);
