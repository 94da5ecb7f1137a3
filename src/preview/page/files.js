// Files in and out: what is dropped becomes a preview in a tab of its own; what is taken
// away is made of the state on the screen.

import { $, address, button, make, now, options, query, say, warn } from "./base.js";
import { clearPages } from "./pages.js";

async function upload(file) {
  say(`正在读取 ${file.name}`);
  let answer;
  try {
    answer = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
  } catch {
    return warn("文件没有读进去：可能太大，或者程序已经结束");
  }
  if (!answer.ok) return warn(await answer.text());
  const { doc } = await answer.json();
  const target = `${location.pathname}?doc=${doc}`;
  // An empty page has nothing to lose; else the file gets a tab of its own.
  if (!now.good && !query.get("doc") && !query.get("file")) return location.assign(target);
  if (window.open(target, "_blank")) return say(`${file.name} 已在新标签页打开`);
  // The browser allowed no new tab by itself: a click does.
  const link = make("a", "", `打开 ${file.name} 的预览`);
  link.href = target;
  link.target = "_blank";
  link.addEventListener("click", () => { $("banner").hidden = true; });
  $("banner").replaceChildren(link);
  $("banner").hidden = false;
}

const named = (answer) => {
  const star = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("content-disposition") || "");
  return star ? decodeURIComponent(star[1]) : "下载";
};

export async function take(what, more = {}) {
  const state = now.good ? { state: now.good.state } : {};
  let answer;
  try {
    answer = await fetch(address("/download", { what, ...state, ...more }));
  } catch {
    return warn("没有下载下来：程序可能已经结束");
  }
  if (!answer.ok) return warn(await answer.text());
  const link = make("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = named(answer);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  say(`已下载 ${link.download}`);
}

// Puts the report beside its data.
async function keep() {
  $("keep").disabled = true;
  say("正在存");
  try {
    const answer = await fetch("/desk/keep", { method: "POST", body: JSON.stringify({ state: now.good.state, what: ["pdf", "docx"] }) });
    if (!answer.ok) return warn(await answer.text());
    const kept = await answer.json();
    const beside = kept.some((one) => one.beside) ? "；原来的文件改动过，没有覆盖，新的另存在旁边" : "";
    say(`已存到文件夹：${kept.map((one) => one.file.name).join("、")}${beside}`);
  } catch {
    warn("没有存下来：程序可能已经结束");
  } finally {
    $("keep").disabled = false;
  }
}
$("keep").addEventListener("click", keep);
// Under another address than the root it is one page of the desk.
$("home").hidden = location.pathname === "/";
$("keep").hidden = !query.get("file");

// The page that waits for a file, with the way to a form to fill in.
export function wait({ templates, template }) {
  clearPages();
  document.body.classList.add("waiting");
  const card = make("div", "empty");
  const open = button("", "打开文件");
  open.addEventListener("click", () => $("file").click());
  card.append(make("h2", "", "把数据文件拖到这里"), make("p", "", "Excel、WPS 表格、CSV 或 YAML；文件只在内存里，关掉标签页就没有了"), open);
  if (query.get("doc")) card.prepend(make("p", "", "这个文件已经不在内存里了，请重新打开"));
  if (templates.length) {
    const which = make("select");
    which.setAttribute("aria-label", "模板");
    options(which, templates.map(([name, text]) => [name, text || name]), template || templates[0][0]);
    if (which.selectedIndex < 0) which.selectedIndex = 0;
    const year = make("input");
    year.type = "number";
    year.setAttribute("aria-label", "年份");
    year.value = String(new Date().getFullYear());
    const get = button("", "下载空白填报表");
    get.addEventListener("click", () => take("form", { template: which.value, year: year.value }));
    card.append(make("hr"), make("p", "", "还没有数据？先下载一张空白填报表，填好存盘，再拖进来"), which, " ", year, " 年 ", get);
  }
  $("pages").append(card);
  say("还没有数据");
}

let depth = 0;
const over = (yes) => { $("drop").hidden = !yes; };
const carries = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
addEventListener("dragenter", (event) => { if (carries(event)) { depth += 1; over(true); } });
addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (depth === 0) over(false); });
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  depth = 0;
  over(false);
  if (event.dataTransfer.files[0]) upload(event.dataTransfer.files[0]);
});
$("open").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", (event) => {
  if (event.target.files[0]) upload(event.target.files[0]);
  event.target.value = "";
});
document.querySelectorAll(".take").forEach((node) => node.addEventListener("click", () => take(node.dataset.what)));
