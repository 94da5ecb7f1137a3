// 收表: returned forms to one workbook; new ones are seen as they come.

import { $, ask, askText, link, mainlyData, make, offered, options, reportOf, row, say, sendJson, shown, templatesOf, trying } from "./desk.js";

const LOOK = 2000; // ms between two looks at the folder
let shelf = null;
let following = 0;
let stamp = "";

const good = (state) => state === "已收";

function table(told) {
  const box = make("div", "scroll");
  const sheet = make("table");
  const head = make("tr");
  for (const text of ["单位", "情况", "文件", "问题"]) head.append(make("th", "", text));
  const body = make("tbody");
  const order = (line) => (good(line.state) ? 1 : 0);
  for (const line of [...told.units].sort((a, b) => order(a) - order(b))) {
    const wrong = told.findings.filter((found) => found.level !== "notice" && (line.files.includes(found.file) || (line.unit && found.unit === line.unit)));
    const state = make("td");
    const errors = wrong.some((found) => found.level === "error");
    state.append(make("span", `pill ${good(line.state) ? (wrong.length ? "blank" : "ready") : "wrong"}`, good(line.state) && errors ? "已收，有问题" : line.state));
    const said = make("td");
    for (const found of wrong.slice(0, 5)) said.append(make("p", "", `${found.cell ? `${found.sheet}!${found.cell} ` : ""}${found.message}${found.help ? `（${found.help}）` : ""}`));
    if (wrong.length > 5) said.append(make("p", "soft", `还有${wrong.length - 5}处，见汇总表的“问题”`));
    const one = make("tr");
    one.append(make("td", "", line.unit || "没有写单位"), state, make("td", "", line.files.join("、")), said);
    body.append(one);
  }
  const top = make("thead");
  top.append(head);
  sheet.append(top, body);
  box.append(sheet);
  return box;
}

function show(told) {
  const box = $("result");
  const { forms, taken, missing } = told.counts;
  const late = missing ? `，还缺 ${missing} 个单位` : "";
  box.replaceChildren(make("h2", "", `收到 ${forms} 份，汇总 ${taken} 份${late}`));
  box.append(row(offered(told.book, "下载汇总表"), link("用汇总表看稿", reportOf({ file: told.book.name, template: $("template").value }), "button main"), shown(told.book)));
  box.append(make("p", "soft", "汇总表里有“催报”和“问题”两张单子"));
  for (const notice of told.notices) box.append(make("p", "soft wrap", notice));
  box.append(table(told));
  if (told.copies.length) {
    box.append(make("h2", "", `要退回的 ${told.copies.length} 份，问题标在单元格上`), row(...told.copies.map((copy) => offered(copy)), shown(told.folder, "打开退回的文件夹")));
  }
  box.hidden = false;
  $("make").classList.remove("main");
  document.body.dataset.gathered = String(Number(document.body.dataset.gathered || 0) + 1);
}

const gather = trying(async () => {
  clearTimeout(following);
  say("正在汇总");
  $("make").disabled = true;
  const name = $("dir").value;
  try {
    stamp = await askText("/desk/changed", { name });
    show(await sendJson("/desk/gather", { dir: name, template: $("template").value, units: $("units").value }));
    say("新的表放进文件夹，会自己重新汇总");
  } finally {
    $("make").disabled = false;
  }
  follow(name);
});

function follow(name) {
  following = setTimeout(trying(async () => {
    const next = await askText("/desk/changed", { name });
    // A file that is being copied goes on changing: it is looked at again before it is read.
    if (next !== stamp && next === follow.last) return gather();
    follow.last = next;
    follow(name);
  }), LOOK);
}

$("form").addEventListener("submit", (event) => event.preventDefault());
$("make").addEventListener("click", gather);
trying(async () => {
  shelf = await ask("/desk/folder");
  options($("dir"), shelf.folders.map((item) => [item.name, `${item.name}（${item.count} 张表）`]), [...shelf.folders].sort((a, b) => b.count - a.count)[0]?.name || "");
  options($("template"), templatesOf(shelf), shelf.templates[0]?.name || "");
  options($("units"), [["", "不用名单"], ...mainlyData(shelf).map((item) => [item.name, item.name])], "");
  $("make").disabled = shelf.folders.length === 0;
  if (shelf.folders.length === 0) say("先在文件夹里建一个子文件夹，把各单位交来的表放进去，再重新载入这一页");
  document.body.dataset.ready = "1";
})();
