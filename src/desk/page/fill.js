// 填表: a form of a template, or this year's from last year's.

import { $, ask, link, mainlyData, make, offered, options, query, reportOf, row, say, sendJson, shown, templatesOf, trying } from "./desk.js";

let shelf = null;

function explain() {
  const known = shelf.templates.find((one) => one.name === $("template").value);
  $("about").textContent = known ? known.about : "上年的表里写着用哪个模板";
}

async function fromChosen() {
  $("make").classList.add("main");
  const file = $("from").value;
  const own = [["", "按上年的表"]];
  options($("template"), file ? [...own, ...templatesOf(shelf)] : templatesOf(shelf), file ? "" : query.get("template") || shelf.templates[0]?.name || "");
  $("year").value = String(new Date().getFullYear());
  explain();
  if (!file) return;
  const card = await ask("/desk/card", { file });
  if (card.year) $("year").value = String(card.year + 1);
  if (card.state === "open") {
    options($("template"), templatesOf(shelf), shelf.templates[0]?.name || "");
    explain();
  }
}

$("from").addEventListener("change", trying(fromChosen));
$("template").addEventListener("change", explain);
$("form").addEventListener("submit", (event) => event.preventDefault());
$("make").addEventListener("click", trying(async () => {
  say("正在做");
  $("result").hidden = true;
  const made = await sendJson("/desk/form", { template: $("template").value, from: $("from").value, year: Number($("year").value) || null });
  say("");
  const box = $("result");
  box.replaceChildren(make("h2", "", "做好了"), make("p", "wrap", `${made.file.name} 已经放进文件夹。打开它，把数填上，存盘。`));
  box.append(row(link("边填边看", reportOf({ file: made.file.name }), "button main"), offered(made.file, "下载"), shown(made.file)));
  for (const notice of made.notices) box.append(make("p", "soft wrap", notice));
  box.hidden = false;
  $("make").classList.remove("main"); // The next thing to do is the one in the box.
  box.scrollIntoView({ block: "nearest" });
}));

trying(async () => {
  shelf = await ask("/desk/folder");
  options($("from"), [["", "不用，做空白的"], ...mainlyData(shelf).map((item) => [item.name, item.name])], "");
  await fromChosen();
  document.body.dataset.ready = "1";
})();
