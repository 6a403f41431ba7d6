// A pivot table as an ARIA grid: one tab stop, arrow keys, Enter drills, Space selects, Backspace goes back.
//
// data = {corner, lang, currency, columns: [{labels, path, measure, unit, total}], groups: [[{label, span, path, total}]],
//         rows: [{label, depth, kind: "member"|"subtotal"|"total", path, open: true|false|null, quiet, others, values, n}],
//         shown, of, columns_shown, columns_of, small}
// A path is [[level, member key], …]: what a click means is said by Python's own identifiers, never by positions.

// money in a table stands without its currency, which the title names, and large sums in millions unless the reader wants all digits
function pivot_number(x, column, data) {
  if (column.unit === "money" && data.scale && !data.full && x !== null) return number(x / data.scale.size, data.lang, data.scale.decimals);
  return value(x, column.unit, data.lang, { currency: data.currency, bare: column.unit === "money" });
}

function pivot_html(data, texts) {
  const tree = data.rows.some((row) => row.open === true || row.open === false);
  const out = ['<table role="', tree ? "treegrid" : "grid", '" class="cx-pivot', tree ? " cx-tree" : "", '" aria-rowcount="', data.of + data.groups.length + 1, '" aria-colcount="',
    data.columns_of + 1, '"><caption class="cx-hidden">', escape_html(data.caption || data.corner), "</caption><thead>"];
  const depth = data.groups.length;
  data.groups.forEach((group, level) => {
    out.push('<tr role="row">');
    if (level === 0) {
      out.push('<th role="columnheader" scope="col" class="cx-corner" rowspan="', depth, '" tabindex="-1" data-r="0" data-c="0">',
        escape_html(data.corner), "</th>");
    }
    let at = 0;
    for (const cell of group) {
      const last = level === depth - 1;
      const drills = cell.path && cell.path.length && !cell.total;
      const sorted = last && data.sort && data.sort.column === at;
      out.push('<th role="columnheader" scope="', cell.span > 1 ? "colgroup" : "col", '" colspan="', cell.span, '" class="',
        cell.span > 1 || !last ? "cx-group " : "cx-leaf ", cell.total ? "cx-sum " : "", drills ? "cx-drills" : "", '" tabindex="-1" data-r="', level,
        '" data-c="', at + 1, '"', sorted ? ` aria-sort="${data.sort.descending ? "descending" : "ascending"}"` : "", ">",
        '<span class="cx-head">', escape_html(cell.label),
        sorted ? `<span aria-hidden="true" class="cx-sorted">${data.sort.descending ? "↓" : "↑"}</span>` : "", "</span></th>");
      at += cell.span;
    }
    out.push("</tr>");
  });
  out.push("</thead><tbody>");
  const line = (row, r, last) => {
    out.push('<tr role="row" class="cx-', row.kind, row.quiet ? " cx-quiet" : "", row.open ? " cx-opened" : "", '"', tree ? ` aria-level="${row.depth + 1}"` : "",
      row.open === null || row.open === undefined ? "" : ` aria-expanded="${row.open}"`, '><th role="rowheader" scope="row" tabindex="-1" data-r="',
      r, '" data-c="0" style="--depth:', row.depth, '" class="', row.path.length && !row.others ? "cx-drills" : "", '">');
    if (row.open === true || row.open === false) {
      out.push('<span class="cx-twist" aria-hidden="true">', row.open ? "▾" : "▸", "</span>");
    }
    out.push('<span class="cx-head">', escape_html(row.label), "</span></th>");
    row.values.forEach((x, i) => {
      const column = data.columns[i];
      const n = row.n ? row.n[i] : null;
      const few = n !== null && n !== undefined && n > 0 && n < data.small && x !== null;
      out.push('<td role="gridcell" tabindex="-1" data-r="', r, '" data-c="', i + 1, '" class="', column.total ? "cx-sum " : "",
        few ? "cx-few" : "", '">');
      if (few) out.push("<small>n=", n, "</small> ");
      out.push(escape_html(pivot_number(x, column, data)), "</td>");
    });
    out.push("</tr>");
  };
  const body = data.rows.filter((row) => row.kind !== "total");
  const sums = data.rows.filter((row) => row.kind === "total");
  body.forEach((row, i) => line(row, depth + i));
  out.push("</tbody><tfoot>");
  sums.forEach((row, i) => line(row, depth + body.length + i));
  out.push("</tfoot></table>");
  return out.join("");
}

// ask(event): {do: "drill"|"expand"|"select"|"back"|"sort", path, measure}
function draw_pivot(box, data, texts, ask) {
  const had_focus = box.contains(document.activeElement);
  const old = box.querySelector(".cx-scroll");
  const kept = old && box.dataset.view === data.key ? [old.scrollLeft, old.scrollTop] : [0, 0];
  const kept_cell = had_focus && box.dataset.view === data.key && document.activeElement.dataset;
  box.dataset.view = data.key;
  box.classList.add("cx-pivot-box");
  if (!data.rows.length) {
    repaint(box, h("p", { class: "cx-empty", role: "status", tabindex: had_focus ? "-1" : null }, texts.no_data));
    if (had_focus) box.firstChild.focus();
    return;
  }
  const scroll = h("div", { class: "cx-scroll" });
  scroll.innerHTML = pivot_html(data, texts);
  const said = h("p", { class: "cx-cell-said", "aria-live": "polite" });
  const hint_line = () => [texts.hint, h("span", { class: "cx-keys" }, ` ${texts.hint_keys}`)];
  said.append(...hint_line());
  const frame = scroll_frame(scroll);
  const unit = data.scale && !data.full ? data.scale.label : data.money;
  const digits = data.scale ? h("button", { type: "button", class: "cx-link", "data-key": "digits", "aria-pressed": String(Boolean(data.full)),
    onclick: () => { data.full = !data.full; draw_pivot(box, data, texts, ask); box.querySelector("[data-key=digits]").focus(); } }, data.full ? texts.short_digits : texts.all_digits) : null;
  box.replaceChildren(h("div", { class: "cx-table-head" }, h("h3", { class: "cx-chart-title" }, data.title + (unit ? ` (${unit})` : "")), digits), frame, said);

  const table = scroll.firstChild;
  const body = data.rows.filter((row) => row.kind !== "total").concat(data.rows.filter((row) => row.kind === "total"));
  const depth = data.groups.length;
  const cell_at = (r, c) => table.querySelector(`[data-r="${r}"][data-c="${c}"]`);
  // a header cell may span: the nearest one to the left that starts at or before the column
  const find = (r, c) => {
    for (let k = c; k >= 0; k -= 1) { const hit = cell_at(r, k); if (hit) return hit; }
    return cell_at(0, 0);
  };
  let stop = null;
  const focus = (cell, move = true) => {
    if (!cell) return;
    if (stop) stop.tabIndex = -1;
    stop = cell;
    stop.tabIndex = 0;
    if (move) stop.focus({ preventScroll: false });
  };
  const meaning = (cell) => {
    const r = Number(cell.dataset.r), c = Number(cell.dataset.c);
    const row = r >= depth ? body[r - depth] : null;
    if (!row) {
      let at = 0;
      for (const head of data.groups[r] || []) {
        if (at + 1 === c) return { row: null, column: head, path: head.path || [], measure: head.measure };
        at += head.span;
      }
      return { row: null, column: null, path: [] };
    }
    const column = c > 0 ? data.columns[c - 1] : null;
    return { row, column, path: row.path.concat(column ? column.path : []), measure: column ? column.measure : null, c };
  };
  const tell = (cell) => {
    const { row, column, c } = meaning(cell);
    if (!row || !column) { said.replaceChildren(...hint_line()); return; }
    const n = row.n ? row.n[c - 1] : null;
    const where = [row.label, ...column.labels].filter(Boolean).join(" · ");
    repaint(said, h("strong", {}, value(row.values[c - 1], column.unit, data.lang, { currency: data.currency })),
      ` ${where}`, n === null || n === undefined ? "" : ` (n = ${number(n, data.lang)})`, " ",
      h("button", { type: "button", class: "cx-link", "data-key": "cell-rows", onclick: () => select(cell) }, texts.see_rows));
  };
  const select = (cell) => {
    const { row, path, measure } = meaning(cell);
    if (row && row.others) return;
    table.querySelectorAll("[aria-selected]").forEach((n) => n.removeAttribute("aria-selected"));
    cell.setAttribute("aria-selected", "true");
    ask({ do: "select", path, measure });
  };
  const drill = (cell) => {
    const { row, column, path, measure } = meaning(cell);
    if (row && row.others) return; // many members in one row: there is nothing single to go into
    if (!row && (!column || column.total || !path.length)) {
      if (column && measure && cell.classList.contains("cx-leaf")) ask({ do: "sort", path, measure });
      return;
    }
    if (row && !path.length) { select(cell); return; }
    ask({ do: "drill", path, measure });
  };
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-r]");
    if (!cell) return;
    focus(cell, !event.detail);
    if (event.target.closest(".cx-twist")) { ask({ do: "expand", path: meaning(cell).row.path }); return; }
    drill(cell);
  });
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("[data-r]");
    if (cell) { focus(cell, false); tell(cell); }
  });
  table.addEventListener("pointerover", (event) => {
    const cell = event.target.closest("td[data-r]");
    if (cell && event.pointerType === "mouse") tell(cell);
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-r]");
    if (!cell || event.altKey || event.metaKey) return;
    const r = Number(cell.dataset.r), c = Number(cell.dataset.c);
    const bottom = depth + body.length - 1, right = data.columns.length;
    const span = Number(cell.getAttribute("colspan") || 1);
    const moves = {
      ArrowDown: () => find(Math.min(bottom, r + (c === 0 && r < depth ? depth - r : 1)), c),
      ArrowUp: () => (r === depth && c === 0 ? cell_at(0, 0) : find(Math.max(0, r - 1), c)),
      ArrowRight: () => cell_at(r, Math.min(right, c + span)) || find(r, Math.min(right, c + span)),
      ArrowLeft: () => find(r, Math.max(0, c - 1)),
      Home: () => (event.ctrlKey ? cell_at(0, 0) : find(r, 0)),
      End: () => (event.ctrlKey ? cell_at(bottom, right) : find(r, right)),
      PageDown: () => find(Math.min(bottom, r + 10), c),
      PageUp: () => find(Math.max(Math.min(r, depth), r - 10), c),
    };
    if (event.key in moves) { event.preventDefault(); focus(moves[event.key]()); return; }
    if (event.key === "Enter") { event.preventDefault(); drill(cell); }
    if (event.key === " ") { event.preventDefault(); if (meaning(cell).row) select(cell); }
    if (event.key === "Backspace") { event.preventDefault(); ask({ do: "back" }); }
    const row = meaning(cell).row;
    if ((event.key === "+" || event.key === "-") && row && row.open !== null && row.open !== undefined) {
      event.preventDefault();
      if (row.open !== (event.key === "+")) ask({ do: "expand", path: row.path });
    }
  });
  if (box.watch) box.watch.disconnect();
  box.watch = new ResizeObserver(() => {
    // header rows stick one below the other: each needs the height of those above it
    let top = 0;
    for (const line of table.tHead.rows) { line.style.setProperty("--top", `${top}px`); top += line.offsetHeight; }
    frame.look();
  });
  box.watch.observe(scroll);
  scroll.scrollLeft = kept[0];
  scroll.scrollTop = kept[1];
  focus(kept_cell ? find(Number(kept_cell.r), Number(kept_cell.c)) : cell_at(depth, 0) || cell_at(0, 0), had_focus);
}
