// What all parts of the page share. All text from data is set as text, never as HTML.

export const $ = (id) => document.getElementById(id);

// The choice stands in the address.
export const query = new URLSearchParams(location.search);

// `good`: the last state that could be made; its pages are on the screen.
export const now = { good: null, broken: false };

export function make(tag, name, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
}

export function button(name, ...content) {
  const node = make("button", name);
  node.type = "button";
  node.append(...content);
  return node;
}

export function address(path, more) {
  const all = new URLSearchParams();
  for (const key of ["doc", "file", "year", "template", "unit"]) if (query.get(key)) all.set(key, query.get(key));
  for (const [key, value] of Object.entries(more || {})) all.set(key, value);
  const text = all.toString();
  return text ? `${path}?${text}` : path;
}

export const say = (text) => { $("status").textContent = text; };

export function warn(text) {
  $("banner").replaceChildren(make("strong", "", text));
  $("banner").hidden = false;
}

export function options(select, values, current) {
  const same = select.options.length === values.length &&
    values.every(([value, text], i) => select.options[i].value === value && select.options[i].text === text);
  if (!same) {
    select.replaceChildren(...values.map(([value, text]) => {
      const option = make("option", "", text);
      option.value = value;
      return option;
    }));
  }
  select.value = current;
  select.disabled = values.length === 0;
}

// `数据.xlsx 乡镇!C7 = 31.86`
export function cellText(cell) {
  const value = cell.shown === "" ? "空白" : cell.shown;
  return `${cell.place} = ${value}${cell.raw ? `（存的是 ${cell.raw}）` : ""}`;
}

export const cellsOf = (figure) => figure.reads.map((at) => now.good.cells[at]);

export function sourceText(figure) {
  if (figure.reads.length === 0) return figure.missing ? "还没有填" : "没有读取单元格";
  const cells = cellsOf(figure);
  const all = cells.length + figure.more;
  return all > 3 ? `${cellText(cells[0])} 等${all}个单元格` : cells.map(cellText).join("；");
}
