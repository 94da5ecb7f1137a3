// 批量: a report for each unit, told while they are made.

import { $, ask, link, mainlyData, make, offered, options, query, reportOf, row, say, send, shown, templatesOf, trying } from "./desk.js";

const LOOK = 400; // ms between two looks
let shelf = null;
let tables = [];

const chosen = () => ({ file: $("data").value, template: $("template").value });

function names() {
  const table = tables.find((one) => one.table === $("table").value);
  $("names").hidden = !table;
  $("start").disabled = !table;
  if (!table) return;
  $("count").textContent = `${table.count} 个单位`;
  $("units").replaceChildren(...table.units.map((unit) => make("li", "", unit || "没有名称")));
}

const loaded = trying(async () => {
  tables = [];
  names();
  $("table").disabled = true;
  say("正在读");
  const told = await ask("/desk/tables", chosen());
  tables = told.tables;
  options($("table"), tables.map((one) => [one.table, `${one.table}（${one.count} 个单位）`]), (tables.find((one) => one.own) || tables[0])?.table || "");
  names();
  say(tables.length ? "" : "这个表格里没有一行一个单位的表");
  document.body.dataset.tables = String(tables.length);
});

async function dataChosen() {
  const card = await ask("/desk/card", { file: $("data").value });
  const known = templatesOf(shelf);
  options($("template"), card.state === "open" ? known : [["", card.form ? `表里写的：${card.form}` : "表里写的"], ...known], card.state === "open" ? known[0]?.[0] || "" : "");
  await loaded();
}

function line(one) {
  const node = make("tr");
  const state = make("td");
  state.append(make("span", `pill ${{ 已生成: "ready", 未变: "", 失败: "wrong" }[one.state] ?? "blank"}`, one.state));
  const said = make("td");
  for (const text of one.said) said.append(make("p", "", text));
  const files = make("td");
  const look = link("看这一份", reportOf({ ...chosen(), unit: one.unit }), "");
  look.target = "_blank";
  files.append(row(look, ...one.files.map((file) => { const get = offered(file, file.name.split(".").pop().toUpperCase()); get.className = ""; return get; })));
  node.append(make("td", "", one.unit), state, said, files);
  return node;
}

function show(seen) {
  $("result").hidden = false;
  const settled = seen.done;
  $("bar").max = Math.max(1, seen.total);
  $("bar").value = seen.over && !seen.left ? $("bar").max : settled;
  const lines = seen.over ? seen.lines : [...seen.lines].reverse();
  const order = { 失败: 0, 未做: 1 };
  if (seen.over) lines.sort((a, b) => (order[a.state] ?? 2) - (order[b.state] ?? 2) || a.row - b.row);
  $("lines").replaceChildren(...lines.slice(0, 500).map(line));
  $("stop").hidden = seen.over;
  $("start").disabled = !seen.over;
  $("start").textContent = seen.over ? (seen.left ? "接着做" : "再做一遍（没变的不重做）") : "开始生成";
  if (!seen.over) return say(seen.stopped ? "正在停下，手上的做完就停" : seen.binding ? "正在装订" : `已做 ${settled} / ${seen.total} 份${seen.unchanged ? `，另有 ${seen.unchanged} 份没有变` : ""}`);
  say("");
  const box = $("summary");
  const rest = seen.left ? `，还有 ${seen.left} 份没有做` : "";
  const made = seen.made + seen.unchanged;
  box.className = `box ${seen.failed || seen.left || !made ? "" : "done"}`;
  box.replaceChildren(make("h2", "", `做好 ${seen.made} 份，没有变的 ${seen.unchanged} 份，没有做成的 ${seen.failed} 份${rest}`));
  if (seen.failed) box.append(make("p", "", "没有做成的排在最前面，写着为什么；在表格里改好存盘，再做一遍，只做改过的"));
  for (const text of seen.said) box.append(make("p", "soft wrap", text));
  if (made) box.append(row(...seen.files.map((file) => offered(file)), seen.folder && shown(seen.folder)));
  box.hidden = false;
  document.body.dataset.runs = String(Number(document.body.dataset.runs || 0) + 1);
}

const follow = trying(async () => {
  const seen = await ask("/desk/progress");
  if (!seen) return;
  show(seen);
  if (!seen.over) setTimeout(follow, LOOK);
});

$("form").addEventListener("submit", (event) => event.preventDefault());
$("data").addEventListener("change", trying(dataChosen));
$("template").addEventListener("change", loaded);
$("table").addEventListener("change", names);
$("stop").addEventListener("click", trying(() => send("/desk/stop", {})));
$("start").addEventListener("click", trying(async () => {
  $("summary").hidden = true;
  await send("/desk/batch", { ...chosen(), table: $("table").value, bind: $("bind").checked });
  follow();
}));

trying(async () => {
  shelf = await ask("/desk/folder");
  options($("data"), mainlyData(shelf).map((item) => [item.name, item.name]), query.get("file") || mainlyData(shelf)[0]?.name || "");
  if (shelf.data.length) await dataChosen(); else say("文件夹里还没有表格");
  document.body.dataset.ready = "1";
  // A batch that runs goes on, whatever page is looked at.
  const seen = await ask("/desk/progress");
  if (seen && !seen.over) follow();
})();
