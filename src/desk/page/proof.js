// 逐句核对: each sentence with figures once, its cells below it, ticked off; kept beside the data.

import { $, ask, make, say, send, sendJson, shown, trying } from "./desk.js";

let now = { file: "", state: "" };

function counted() {
  const all = document.querySelectorAll("#sentences input");
  const done = [...all].filter((box) => box.checked).length;
  $("ticked").textContent = `已核对 ${done} / ${all.length} 句`;
}

function told(item, by) {
  item.classList.toggle("ticked", Boolean(by));
  item.querySelector(".by").textContent = by ? `${by.who || "没有写名字"} ${by.when}` : "";
}

function sentence(one) {
  const item = make("li");
  const label = make("label");
  const box = make("input");
  box.type = "checkbox";
  box.checked = Boolean(one.ticked);
  const words = make("span");
  for (const [text, figure] of one.pieces) words.append(figure === null ? text : make("mark", "", text));
  label.append(box, words);
  item.append(label);
  for (const figure of one.figures) {
    const more = figure.more ? ` 等${figure.cells.length + figure.more}个单元格` : "";
    item.append(make("p", "soft", `${figure.text} ← ${figure.cells.join("；")}${more}`));
  }
  item.append(make("p", "soft by"));
  told(item, one.ticked);
  box.addEventListener("change", trying(async () => {
    const by = { who: $("who").value.trim(), when: new Date().toLocaleString("zh-CN", { hour12: false }) };
    const on = box.checked;
    try {
      await send("/desk/tick", { ...now, key: one.key, on, ...by });
    } catch (error) {
      box.checked = !on;
      throw error;
    }
    told(item, on ? by : null);
    counted();
  }));
  return item;
}

// The sentences of a state; those that were ticked and have not changed since stay so.
export const showProof = trying(async (file, state) => {
  $("proof").hidden = !state;
  now = { file, state };
  if (!state) return;
  const all = await ask("/desk/proof", now);
  if (now.state !== state) return;
  $("proof").hidden = all.length === 0;
  $("sentences").replaceChildren(...all.map(sentence));
  counted();
  document.body.dataset.proofs = String(Number(document.body.dataset.proofs || 0) + 1);
});

$("open-only").addEventListener("change", (event) => $("sentences").classList.toggle("open-only", event.target.checked));
$("export").addEventListener("click", trying(async () => {
  const kept = await sendJson("/desk/proof", now);
  say(`已存到文件夹：${kept.file.name}`);
  $("status").append(" ", shown(kept.file));
}));
const name = "who";
try { $("who").value = localStorage.getItem(name) || ""; } catch { /* not kept */ }
$("who").addEventListener("change", () => { try { localStorage.setItem(name, $("who").value); } catch { /* not kept */ } });
