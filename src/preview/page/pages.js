// The pages, the list of pages, the marks of what changed, and the zoom.

import { $, button, make, now, sourceText } from "./base.js";

const MARKED = 4000; // ms that a change stays marked
const ZOOMS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const shown = []; // for each page {hash, element, thumb}
let zoom = 1;

// The same place of the template, counted: that is the same figure before and after a save.
function keyed(figures) {
  const seen = new Map();
  return figures.map((figure) => {
    const count = (seen.get(figure.template) || 0) + 1;
    seen.set(figure.template, count);
    return `${figure.template}#${count}`;
  });
}

function changedFigures(before, next) {
  const changed = new Set();
  if (!before || before.template !== next.template) return changed;
  const old = new Map(keyed(before.figures).map((key, i) => [key, before.figures[i].text]));
  keyed(next.figures).forEach((key, i) => {
    if (old.has(key) && old.get(key) !== next.figures[i].text) changed.add(i);
  });
  return changed;
}

function size(element, page) {
  element.style.width = `${page.width * 4 / 3 * zoom}px`;
  element.style.height = `${page.height * 4 / 3 * zoom}px`;
}

export function placed(element, [x, y, w, h]) {
  element.style.left = `${x * 100}%`;
  element.style.top = `${y * 100}%`;
  element.style.width = `${w * 100}%`;
  element.style.height = `${h * 100}%`;
  return element;
}

// Marks for a moment, and begins the moment when somebody can see it.
function mark(element) {
  const begin = () => {
    element.classList.add("changed");
    setTimeout(() => element.classList.remove("changed"), MARKED);
  };
  if (document.hidden) document.addEventListener("visibilitychange", begin, { once: true }); else begin();
}

function setSpots(element, page, changed) {
  element.querySelectorAll(".spot, .area").forEach((node) => node.remove());
  for (const [id, ...box] of page.spots) {
    const figure = now.good.figures[id];
    if (!figure) continue;
    const spot = placed(button("spot"), box);
    spot.dataset.figure = id;
    spot.tabIndex = -1;
    spot.setAttribute("aria-label", `${figure.text}，${sourceText(figure)}`);
    spot.classList.toggle("missing", figure.missing);
    if (changed.has(id)) mark(spot);
    element.append(spot);
  }
}

function picture(hash, alt) {
  const image = document.createElement("img");
  image.alt = alt;
  image.src = `/sheet?hash=${hash}`;
  return image;
}

function add(i) {
  const element = make("div", "page");
  element.id = `page-${i + 1}`;
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", `第${i + 1}页`);
  element.append(make("img"));
  element.firstChild.alt = `第${i + 1}页`;
  $("pages").append(element);
  const thumb = button("", make("img"), String(i + 1));
  thumb.firstChild.alt = "";
  thumb.firstChild.loading = "lazy";
  thumb.setAttribute("aria-label", `到第${i + 1}页`);
  thumb.addEventListener("click", () => element.scrollIntoView());
  $("list").append(thumb);
  watcher.observe(element);
  shown.push({ hash: null, element, thumb });
}

const inView = new Set();
const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) inView.add(entry.target); else inView.delete(entry.target);
  const first = shown.findIndex((page) => inView.has(page.element));
  shown.forEach((page, i) => {
    if (i === first) page.thumb.setAttribute("aria-current", "page"); else page.thumb.removeAttribute("aria-current");
  });
  if (first >= 0) shown[first].thumb.scrollIntoView({ block: "nearest" });
}, { root: $("pages"), rootMargin: "-30% 0px -60% 0px" });

// Shows a state. Pages that look as before are neither fetched nor touched.
export function showPages(before, next) {
  const main = $("pages");
  const top = main.scrollTop;
  const changed = changedFigures(before, next);
  main.querySelectorAll(".empty").forEach((node) => node.remove());
  while (shown.length > next.pages.length) {
    const last = shown.pop();
    watcher.unobserve(last.element);
    inView.delete(last.element);
    last.element.remove();
    last.thumb.remove();
  }
  next.pages.forEach((page, i) => {
    if (i === shown.length) add(i);
    const entry = shown[i];
    size(entry.element, page);
    if (entry.hash !== page.hash) {
      // The old picture stays until the new one is there, so that nothing flickers.
      const image = picture(page.hash, `第${i + 1}页`);
      image.addEventListener("load", () => entry.element.querySelector("img").replaceWith(image));
      entry.thumb.querySelector("img").src = image.src;
      if (entry.hash !== null && before && before.template === next.template) mark(entry.element);
      entry.hash = page.hash;
    }
    setSpots(entry.element, page, changed);
    dot(entry.thumb, page.spots.some(([id]) => next.figures[id] && next.figures[id].missing), "有待填");
  });
  roam();
  main.scrollTop = top;
  tellChanges(next, changed);
}

function dot(thumb, yes, title) {
  thumb.querySelectorAll(".dot").forEach((node) => node.remove());
  if (!yes) return;
  const node = make("span", "dot");
  node.title = title;
  thumb.append(node);
}

// One figure can be reached with Tab; the arrows go on from there.
export function roam() {
  const spots = [...document.querySelectorAll(".spot")];
  if (!spots.some((spot) => spot.tabIndex === 0) && spots[0]) spots[0].tabIndex = 0;
}

// What changed out of sight is told, and one click away.
let away = 0;
function tellChanges(next, changed) {
  const box = $("changes");
  const view = $("pages").getBoundingClientRect();
  const spots = [...document.querySelectorAll(".spot")].filter((spot) => changed.has(Number(spot.dataset.figure)));
  const visible = (spot) => {
    const at = spot.getBoundingClientRect();
    return at.bottom > view.top && at.top < view.bottom;
  };
  clearTimeout(away);
  box.hidden = spots.length === 0 || spots.every(visible);
  if (box.hidden) return;
  const pages = new Map();
  spots.forEach((spot) => {
    const page = spot.parentElement.id.slice(5);
    if (!pages.has(page)) pages.set(page, spot);
  });
  box.replaceChildren(make("span", "", `改动${spots.length}处`));
  for (const [page, spot] of [...pages].slice(0, 6)) {
    const go = button("", `第${page}页`);
    go.addEventListener("click", () => {
      spot.scrollIntoView({ block: "center" });
      mark(spot);
      box.hidden = true;
    });
    box.append(go);
  }
  away = setTimeout(() => { box.hidden = true; }, 10000);
}

export function clearPages() {
  shown.splice(0).forEach(({ element, thumb }) => { watcher.unobserve(element); element.remove(); thumb.remove(); });
  inView.clear();
  $("pages").replaceChildren();
}

// Keeps what is in the middle in the middle.
function setZoom(next) {
  const main = $("pages");
  const middle = (main.scrollTop + main.clientHeight / 2) / Math.max(1, main.scrollHeight);
  zoom = Math.min(ZOOMS[ZOOMS.length - 1], Math.max(0.25, next));
  $("zoom").textContent = `${Math.round(zoom * 100)}%`;
  if (now.good) now.good.pages.forEach((page, i) => shown[i] && size(shown[i].element, page));
  main.scrollTop = middle * main.scrollHeight - main.clientHeight / 2;
}

const larger = () => setZoom(ZOOMS.find((z) => z > zoom + 0.01) || zoom);
const smaller = () => setZoom(ZOOMS.findLast((z) => z < zoom - 0.01) || zoom);
function wide() {
  const widest = now.good ? Math.max(...now.good.pages.map((page) => page.width)) * 4 / 3 : 794;
  const style = getComputedStyle($("pages"));
  setZoom(($("pages").clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)) / widest);
}

$("larger").addEventListener("click", larger);
$("smaller").addEventListener("click", smaller);
$("wide").addEventListener("click", wide);
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select")) return;
  const act = { "+": larger, "=": larger, "-": smaller, "0": () => setZoom(1), "w": wide }[event.key];
  if (act) { event.preventDefault(); act(); }
});
