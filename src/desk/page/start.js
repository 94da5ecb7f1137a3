// The folder: its workbooks as cards, with how far each is; a file from elsewhere.

import { $, ask, button, fail, link, make, offered, openedAt, opening, reportOf, row, say, send, shown, trying, when } from "./desk.js";

let shelf = null;

function card(item, first, openedLast) {
  const node = make("li", "card");
  const pill = make("span", "pill", "正在看");
  const told = make("p", "soft wrap");
  const times = make("p", "soft", [openedLast ? `上次打开 ${when(openedLast)}` : "", `改于 ${when(item.changed)}`].filter(Boolean).join(" · "));
  const look = link("看稿", reportOf({ file: item.name }), first ? "button main" : "button");
  const acts = row(look);
  look.addEventListener("click", () => opening(shelf, item.name));
  node.append(make("h3", "", item.name), row(pill), told, times, acts);
  return { node, fill: (said) => {
    pill.textContent = said.label;
    pill.className = `pill ${said.state}`;
    told.textContent = said.said || said.title || "";
    if (said.state === "open") {
      told.textContent = "打开以后选一个模板";
    } else {
      if (said.table) acts.append(link(`批量（${said.units}份）`, `/batch?file=${encodeURIComponent(item.name)}`));
      acts.append(link("核对", `/check?file=${encodeURIComponent(item.name)}`));
    }
  } };
}

async function cards() {
  const seen = openedAt(shelf);
  const late = (item) => Math.max(seen[item.name] || 0, item.changed);
  const items = [...shelf.data].sort((a, b) => late(b) - late(a));
  const made = items.map((item, i) => card(item, i === 0, seen[item.name]));
  $("cards").replaceChildren(...made.map((one) => one.node));
  if (items.length === 0) {
    const none = make("li", "card");
    none.append(make("h3", "", "这个文件夹里还没有表格"), make("p", "soft", "先做一张填报表，填好存在这里；或者把表格拖到上面"), row(link("做填报表", "/fill", "button main")));
    $("cards").append(none);
  }
  for (const [i, item] of items.entries()) {
    try { made[i].fill(await ask("/desk/card", { file: item.name })); } catch (error) { made[i].fill({ state: "wrong", label: "看不了", said: error.message }); }
  }
}

function others() {
  $("done").hidden = shelf.reports.length === 0;
  $("reports").replaceChildren(...shelf.reports.map((item) => {
    const node = make("li");
    const word = item.name.toLowerCase().endsWith(".docx");
    node.append(make("span", "grow", item.name), make("span", "soft", when(item.changed)));
    if (word) node.append(link("改稿", `/edited?report=${encodeURIComponent(item.name)}`));
    node.append(offered({ id: item.id, name: item.name }, "下载"));
    return node;
  }));
  $("patterns").hidden = shelf.templates.length === 0;
  $("templates").replaceChildren(...shelf.templates.map((known) => {
    const node = make("li");
    const words = make("span", "grow");
    words.append(make("b", "", known.title || known.name), make("span", "soft", ` ${known.about}`));
    node.append(words, known.own ? make("span", "pill", "本文件夹") : "", link("做填报表", `/fill?template=${encodeURIComponent(known.name)}`));
    return node;
  }));
}

// A file that lies in the folder as well is opened from there: then it is followed.
const here = (file) => shelf && shelf.data.find((item) => item.name === file.name && item.size === file.size && Math.abs(item.changed - file.lastModified) < 2000);

const upload = trying(async (file) => {
  const own = here(file);
  if (own) {
    opening(shelf, own.name);
    return location.assign(reportOf({ file: own.name }));
  }
  say(`正在读取 ${file.name}`);
  const answer = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
  if (!answer.ok) throw new Error(await answer.text());
  location.assign(reportOf({ doc: (await answer.json()).doc }));
});

addEventListener("dragover", (event) => { event.preventDefault(); $("drop").classList.add("over"); });
addEventListener("dragleave", (event) => { if (!event.relatedTarget) $("drop").classList.remove("over"); });
addEventListener("drop", (event) => {
  event.preventDefault();
  $("drop").classList.remove("over");
  if (event.dataTransfer.files[0]) upload(event.dataTransfer.files[0]);
});
$("open").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", (event) => {
  if (event.target.files[0]) upload(event.target.files[0]);
  event.target.value = "";
});

const load = trying(async () => {
  const next = await ask("/desk/folder");
  const same = shelf && JSON.stringify(shelf) === JSON.stringify(next);
  if (same) return;
  shelf = next;
  $("title").textContent = shelf.name;
  document.title = `${shelf.name} · 汇报`;
  $("path").textContent = shelf.path;
  $("reveal").replaceWith(Object.assign(shown(shelf.here, "打开文件夹"), { id: "reveal" }));
  others();
  if (shelf.more) say("文件太多，只列出前面的一部分");
  await cards();
  document.body.dataset.ready = "1";
});
// What was saved meanwhile is seen when the page is.
document.addEventListener("visibilitychange", () => { if (!document.hidden) load(); });
setInterval(() => { if (!document.hidden) load(); }, 3000);
load();
