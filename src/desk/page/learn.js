// 学模板: last year's report with its figures led back to the data.

import { $, ask, link, mainlyData, make, offered, options, reportOf, row, say, sendJson, shown, trying } from "./desk.js";

let shelf = null;
const LOOKS = { 认定: "ready", 待认: "blank", 不是数据: "" };

function figure(one) {
  const line = make("p", "soft");
  line.append(make("span", `pill ${LOOKS[one.state] ?? ""}`, one.state), " ", make("b", "", one.text));
  if (one.cells.length) line.append(` ← ${one.cells.slice(0, 4).join("；")}${one.cells.length > 4 ? ` 等${one.cells.length}个单元格` : ""}`);
  if (one.candidates.length) line.append(` 可能是：${one.candidates.join("，或者 ")}`);
  return line;
}

function show(told) {
  const box = $("result");
  const count = (state) => told.figures.filter((one) => one.state === state).length;
  box.replaceChildren(make("h2", "", `认出 ${count("认定")} 个数，${count("待认")} 个要你定，${count("不是数据")} 个不在数据里`));
  box.append(make("p", "wrap", `模板已经放进文件夹：${told.file.name}${told.beside ? "（原来的改动过，没有覆盖）" : ""}${told.same ? "。用当年的数据重做一遍，和原来的汇报一字不差" : ""}`));
  box.append(row(link("用它看今年的稿", reportOf({ file: mainlyData(shelf)[0]?.name, template: told.file.name }), "button main"), offered(told.file, "下载"), shown(told.file)));
  if (count("待认")) box.append(make("p", "", "要你定的，在 Word 里打开模板，照批注写上选哪一个，存盘，再在上面“改过批注的模板”里选它，重新学一次"));
  for (const notice of told.notices) box.append(make("p", "soft wrap", notice));
  const list = make("ol", "proofs");
  let item = null;
  let before = "";
  for (const one of told.figures) {
    const here = `${one.place} ${one.sentence}`;
    if (here !== before) {
      item = make("li");
      item.append(make("p", "", one.sentence));
      list.append(item);
      before = here;
    }
    item.append(figure(one));
  }
  box.append(list);
  box.hidden = false;
  $("learn").classList.remove("main");
  document.body.dataset.learned = String(Number(document.body.dataset.learned || 0) + 1);
}

$("form").addEventListener("submit", (event) => event.preventDefault());
$("learn").addEventListener("click", trying(async () => {
  say("正在学，长的汇报要一会儿");
  $("learn").disabled = true;
  try {
    show(await sendJson("/desk/learn", { report: $("report").value, data: $("data").value, again: $("again").value, year: Number($("year").value) || null }));
    say("");
  } finally {
    $("learn").disabled = false;
  }
}));

trying(async () => {
  shelf = await ask("/desk/folder");
  const words = shelf.reports.filter((item) => item.name.toLowerCase().endsWith(".docx"));
  const own = shelf.templates.filter((known) => known.own && known.name.toLowerCase().endsWith(".docx"));
  options($("report"), words.map((item) => [item.name, item.name]), words[0]?.name || "");
  options($("data"), mainlyData(shelf).map((item) => [item.name, item.name]), mainlyData(shelf)[0]?.name || "");
  options($("again"), [["", "没有，第一次学"], ...own.map((known) => [known.name, known.name])], "");
  $("learn").disabled = !words.length || !shelf.data.length;
  if (!words.length) say("先把去年的汇报（Word 文件）和那一年的表格放进文件夹，再重新载入这一页");
  document.body.dataset.ready = "1";
})();
