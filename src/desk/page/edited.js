// 改稿: an edited report held against its data; new figures into a copy of it.

import { $, ask, mainlyData, make, offered, options, query, row, say, sendJson, shown, templatesOf, trying } from "./desk.js";

let shelf = null;
const chosen = () => ({ report: $("report").value, data: $("data").value, template: $("template").value });
const LEVELS = { error: "错误", warning: "警告", notice: "提示" };
const STATES = { 更新: "要更新", 手工: "手工改过", 删除: "手工删去", 未变: "未变" };

function sentence(words) {
  const line = make("p", "sentence");
  const at = words.indexOf("【");
  const end = words.indexOf("】", at);
  if (at < 0 || end < 0) line.append(words);
  else line.append(words.slice(0, at), make("mark", "", words.slice(at + 1, end)), words.slice(end + 1));
  return line;
}

function finding(one) {
  const box = make("div", `finding ${one.level}`);
  const head = make("p");
  head.append(make("span", "label", LEVELS[one.level]), one.message);
  box.append(head);
  if (one.sentence) box.append(sentence(one.sentence));
  if (one.heading) box.append(make("p", "soft", one.heading));
  for (const help of one.help) box.append(make("p", "", `怎么办：${help}`));
  return box;
}

function figure(one) {
  const line = make("tr");
  const state = make("td");
  state.append(make("span", `pill ${{ 更新: "ready", 手工: "blank", 删除: "blank" }[one.state] || ""}`, STATES[one.state] || one.state));
  line.append(state, make("td", "", one.text || "（没有了）"), make("td", "", one.new === null ? "不再写" : one.new));
  const where = make("td");
  where.append(make("p", "", one.sentence), make("p", "soft", one.cells.slice(0, 4).join("；")));
  line.append(where);
  return line;
}

function show(told) {
  const box = $("result");
  const of = (state) => told.figures.filter((one) => one.state === state);
  const stale = of("更新");
  const order = { 更新: 0, 手工: 1, 删除: 2 };
  const changed = told.figures.filter((one) => one.state !== "未变").sort((a, b) => order[a.state] - order[b.state]);
  box.replaceChildren(make("h2", "", `${told.figures.length} 个数：要更新 ${stale.length} 个，手工改过 ${of("手工").length} 个，手工删去 ${of("删除").length} 个，未变 ${of("未变").length} 个`));
  if (changed.length) {
    const scroll = make("div", "scroll");
    const table = make("table");
    const head = make("thead");
    const titles = make("tr");
    for (const text of ["情况", "稿子里", "数据里", "句子和单元格"]) titles.append(make("th", "", text));
    head.append(titles);
    const lines = make("tbody");
    lines.append(...changed.map(figure));
    table.append(head, lines);
    scroll.append(table);
    box.append(scroll);
  }
  box.append(make("h2", "", told.findings.length ? `检查发现 ${told.findings.length} 处` : "没有发现问题"), ...told.findings.map(finding));
  box.hidden = false;
  $("renewing").hidden = false;
  $("compare").classList.remove("main");
  document.body.dataset.compared = String(Number(document.body.dataset.compared || 0) + 1);
}

const compare = trying(async () => {
  $("compare").classList.add("main");
  say("正在对");
  $("renewing").hidden = true;
  $("done").hidden = true;
  show(await sendJson("/desk/edited", chosen()));
  say("");
});

$("form").addEventListener("submit", (event) => event.preventDefault());
$("compare").addEventListener("click", compare);
$("renew").addEventListener("click", trying(async () => {
  say("正在更新");
  const made = await sendJson("/desk/renew", { ...chosen(), tracked: $("tracked").checked });
  say("");
  const box = $("done");
  const words = made.changed ? "数字更新了，手工改的都没有动" : "没有要更新的，和原来一样";
  box.replaceChildren(make("p", "wrap", `${made.file.name} 已经放进文件夹：${words}。`), row(offered(made.file, "下载"), shown(made.file)));
  box.hidden = false;
}));

trying(async () => {
  shelf = await ask("/desk/folder");
  const reports = shelf.reports.filter((item) => item.name.toLowerCase().endsWith(".docx"));
  options($("report"), reports.map((item) => [item.name, item.name]), query.get("report") || reports[0]?.name || "");
  options($("data"), mainlyData(shelf).map((item) => [item.name, item.name]), mainlyData(shelf)[0]?.name || "");
  options($("template"), [["", "稿子里或表里写的"], ...templatesOf(shelf)], "");
  $("compare").disabled = !reports.length || !shelf.data.length;
  if (!reports.length) say("文件夹里还没有 Word 的汇报：先在“看稿”里存一份，在 Word 里改好，再到这里来");
  document.body.dataset.ready = "1";
})();
