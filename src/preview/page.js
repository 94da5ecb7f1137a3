// The page follows the server's events. All text from data is set as text, never as HTML.
"use strict";

const $ = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
let state = null;
let zoom = 1;
const shown = new Map(); // position → {hash, element}

function make(tag, name, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
}

function address(path, more) {
  const all = new URLSearchParams();
  for (const key of ["doc", "year", "template"]) if (query.get(key)) all.set(key, query.get(key));
  for (const [key, value] of Object.entries(more || {})) all.set(key, value);
  const text = all.toString();
  return text ? `${path}?${text}` : path;
}

function say(text, bad) {
  $("status").textContent = text;
  $("status").classList.toggle("bad", Boolean(bad));
}

// The same place of the template, counted: that is the same figure before and after a save.
function keyed(figures) {
  const seen = new Map();
  return figures.map((figure) => {
    const count = (seen.get(figure.template) || 0) + 1;
    seen.set(figure.template, count);
    return `${figure.template}#${count}`;
  });
}

function changedFigures(next) {
  const changed = new Set();
  if (!state) return changed;
  const keys = keyed(state.figures);
  const old = new Map(keys.map((key, i) => [key, state.figures[i].text]));
  keyed(next.figures).forEach((key, i) => {
    if (old.has(key) && old.get(key) !== next.figures[i].text) changed.add(i);
  });
  return changed;
}

function size(element, page) {
  element.style.width = `${page.width * 4 / 3 * zoom}px`;
  element.style.height = `${page.height * 4 / 3 * zoom}px`;
}

function setSpots(element, page, changed) {
  element.querySelectorAll(".spot").forEach((spot) => spot.remove());
  for (const [id, x, y, w, h] of page.spots) {
    const figure = state.figures[id];
    if (!figure) continue;
    const spot = make("button", "spot");
    spot.type = "button";
    spot.dataset.figure = id;
    spot.setAttribute("aria-label", `${figure.text}，${sourceText(figure)}`);
    spot.style.left = `${x * 100}%`;
    spot.style.top = `${y * 100}%`;
    spot.style.width = `${w * 100}%`;
    spot.style.height = `${h * 100}%`;
    spot.classList.toggle("missing", figure.missing);
    if (changed.has(id)) {
      spot.classList.add("changed");
      setTimeout(() => spot.classList.remove("changed"), 3000);
    }
    element.append(spot);
  }
}

function sourceText(figure) {
  if (figure.reads.length === 0) return figure.missing ? "还没有填" : "模板里写的";
  return figure.reads.map((read) => `${read.place} = ${read.shown}`).join("；");
}

function showPages(next, changed) {
  const main = $("pages");
  const top = main.scrollTop;
  main.querySelectorAll(".empty").forEach((node) => node.remove());
  next.pages.forEach((page, i) => {
    let entry = shown.get(i);
    if (!entry) {
      const element = make("div", "page");
      element.id = `page-${i + 1}`;
      element.setAttribute("role", "group");
      element.setAttribute("aria-label", `第${i + 1}页`);
      const image = document.createElement("img");
      image.alt = `第${i + 1}页`;
      element.append(image);
      main.append(element);
      entry = { hash: null, element };
      shown.set(i, entry);
    }
    size(entry.element, page);
    if (entry.hash !== page.hash) {
      // The old picture stays until the new one is there, so that nothing flickers.
      const first = entry.hash === null;
      const image = document.createElement("img");
      image.alt = `第${i + 1}页`;
      const element = entry.element;
      image.addEventListener("load", () => element.querySelector("img").replaceWith(image));
      image.src = `/sheet?hash=${page.hash}`;
      entry.hash = page.hash;
      if (!first) {
        element.classList.add("changed");
        setTimeout(() => element.classList.remove("changed"), 3000);
      }
    }
    setSpots(entry.element, page, changed);
  });
  for (const [i, entry] of [...shown]) {
    if (i >= next.pages.length) {
      entry.element.remove();
      shown.delete(i);
    }
  }
  main.scrollTop = top;
  const list = $("list");
  list.replaceChildren(...next.pages.map((_, i) => {
    const link = make("a", "", String(i + 1));
    link.href = `#page-${i + 1}`;
    link.setAttribute("aria-label", `到第${i + 1}页`);
    return link;
  }));
}

function item(list, button) {
  const li = make("li");
  li.append(button);
  list.append(li);
}

function showProblems(problems) {
  const list = $("problems");
  list.replaceChildren();
  if (problems.length === 0) list.append(make("li", "", "没有发现问题"));
  for (const problem of problems) {
    const button = make("button", problem.level);
    button.type = "button";
    button.append(make("div", "", `${problem.label}：${problem.message}`));
    const where = problem.subject ? `${problem.place}（${problem.subject}）` : problem.place;
    if (where) button.append(make("div", "place", where));
    for (const help of problem.helps) button.append(make("div", "", `怎么办：${help}`));
    const full = make("pre", "", problem.full);
    full.hidden = true;
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => {
      full.hidden = !full.hidden;
      button.setAttribute("aria-expanded", String(!full.hidden));
      choose((figure) => figure.template === problem.place || figure.reads.some((read) => read.place === problem.place));
    });
    button.append(full);
    item(list, button);
  }
}

function showFigures(next) {
  const missing = $("missing");
  missing.replaceChildren();
  if (next.missing.length === 0) missing.append(make("li", "", "都填好了"));
  for (const name of next.missing) {
    const button = make("button", "warning", name);
    button.type = "button";
    button.addEventListener("click", () => choose((figure) => figure.missing && figure.text.includes(name)));
    item(missing, button);
  }
  const list = $("figures");
  list.replaceChildren();
  next.figures.forEach((figure, id) => {
    const button = make("button", "", "");
    button.type = "button";
    button.append(make("div", "", figure.text), make("div", "place", sourceText(figure)));
    // All places where the same cells are printed.
    const places = new Set(figure.reads.map((read) => read.place));
    button.addEventListener("click", () =>
      choose((other, i) => i === id || other.reads.some((read) => places.has(read.place)), id));
    item(list, button);
  });
}

function choose(test, first) {
  if (!state) return;
  let target = null;
  document.querySelectorAll(".spot").forEach((spot) => {
    const id = Number(spot.dataset.figure);
    const yes = Boolean(state.figures[id]) && test(state.figures[id], id);
    spot.classList.toggle("chosen", yes);
    if (yes && (target === null || id === first)) target = spot;
  });
  if (target) target.scrollIntoView({ block: "center" });
}

function options(select, values, current) {
  select.replaceChildren(...values.map(([value, text]) => {
    const option = make("option", "", text);
    option.value = value;
    option.selected = value === current;
    return option;
  }));
  select.disabled = values.length === 0;
}

function show(next, took) {
  if (next.ok) {
    const changed = changedFigures(next);
    state = next;
    document.title = next.title || "汇报预览";
    $("title").textContent = next.title || "汇报预览";
    showPages(next, changed);
    showFigures(next);
    const files = next.file.join("、");
    say(`${files} 共${next.pages.length}页${next.missing.length ? `，${next.missing.length}项待填` : ""}`);
    document.body.dataset.took = took || "0";
    document.body.dataset.state = String(Number(document.body.dataset.state || 0) + 1);
  } else {
    say(state ? "数据或模板有错误，下面是上一次正确的页面" : "数据或模板有错误", true);
  }
  $("pages").classList.toggle("stale", !next.ok);
  showProblems(next.problems);
  if (next.years) options($("year"), next.years.map((y) => [String(y), String(y)]), String(next.year));
  if (next.templates) options($("template"), next.templates.map(([name, text]) => [name, text || name]), next.template);
  if (next.missing && next.ok) {
    const mark = next.missing.length ? "（草稿）" : "";
    $("pdf").textContent = `下载 PDF${mark}`;
    $("docx").textContent = `下载 DOCX${mark}`;
  }
}

function wait() {
  const main = $("pages");
  main.replaceChildren(make("p", "empty", "把数据文件拖到这里，或者点“打开文件”"));
  shown.clear();
  say("还没有数据");
}

function follow() {
  const events = new EventSource(address("/events"));
  events.addEventListener("view", (event) => show(JSON.parse(event.data), event.lastEventId));
  events.addEventListener("empty", () => { events.close(); wait(); });
  events.addEventListener("error", () => say("与程序的连接断了，正在重连；如果程序已经结束，请重新运行", true));
}

async function upload(file) {
  say(`正在读取 ${file.name}`);
  try {
    const answer = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
    if (!answer.ok) return say(await answer.text(), true);
    const { doc } = await answer.json();
    const target = `/?doc=${doc}`;
    if (!state) return location.assign(target);
    if (!window.open(target, "_blank")) location.assign(target);
    say(`${file.name} 已在新标签页打开`);
  } catch {
    say("文件没有读进去，请再试一次", true);
  }
}

function origin(spot, x, y) {
  const box = $("origin");
  const figure = state && state.figures[Number(spot.dataset.figure)];
  if (!figure) return;
  box.replaceChildren(make("strong", "", figure.text));
  if (figure.reads.length === 0) box.append(make("div", "", sourceText(figure)));
  for (const read of figure.reads.slice(0, 20)) box.append(make("div", "", `${read.place} = ${read.shown}`));
  if (figure.reads.length > 20) box.append(make("div", "", `共${figure.reads.length}个单元格`));
  box.append(make("div", "", `${figure.template} ${figure.expression}`));
  box.hidden = false;
  box.style.left = `${Math.max(4, Math.min(x, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${y + box.offsetHeight + 16 > innerHeight ? y - box.offsetHeight - 16 : y + 16}px`;
}

const spotOf = (event) => event.target instanceof Element && event.target.closest(".spot");
addEventListener("pointerover", (event) => {
  const spot = spotOf(event);
  if (spot) origin(spot, event.clientX, event.clientY); else $("origin").hidden = true;
});
addEventListener("focusin", (event) => {
  const spot = spotOf(event);
  if (!spot) { $("origin").hidden = true; return; }
  const box = spot.getBoundingClientRect();
  origin(spot, box.left, box.bottom);
});
addEventListener("click", (event) => {
  const spot = spotOf(event);
  if (!spot) return;
  origin(spot, event.clientX, event.clientY);
  const places = new Set(state.figures[Number(spot.dataset.figure)].reads.map((read) => read.place));
  choose((figure) => figure.reads.some((read) => places.has(read.place)), Number(spot.dataset.figure));
});
addEventListener("keydown", (event) => { if (event.key === "Escape") $("origin").hidden = true; });
addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("over"); });
addEventListener("dragleave", () => document.body.classList.remove("over"));
addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("over");
  if (event.dataTransfer.files[0]) upload(event.dataTransfer.files[0]);
});
$("file").addEventListener("change", (event) => {
  if (event.target.files[0]) upload(event.target.files[0]);
  event.target.value = "";
});
for (const key of ["year", "template"]) {
  $(key).addEventListener("change", (event) => {
    query.set(key, event.target.value);
    location.assign(address("/"));
  });
}
for (const [id, step] of [["smaller", -0.1], ["larger", 0.1]]) {
  $(id).addEventListener("click", () => {
    zoom = Math.round(Math.min(3, Math.max(0.3, zoom + step)) * 10) / 10;
    $("zoom").textContent = `${Math.round(zoom * 100)}%`;
    if (state) state.pages.forEach((page, i) => size(shown.get(i).element, page));
  });
}
for (const format of ["pdf", "docx"]) $(format).href = address("/download", { format });
follow();
