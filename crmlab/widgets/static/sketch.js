// The figure at once, as plain SVG: plotly.js takes a second to start, and a reader need not wait for it to see the chart. The
// same JSON, the three marks that our figures use (lines, bars, heat maps); plotly draws over it when it is there.

const SVG = "http://www.w3.org/2000/svg";
const LETTER = 6.7; // about the width of a character at 12 px

function sketch(figure, width, height) {
  const { xaxis, yaxis, barmode } = figure.layout;
  const ticks_y = yaxis.ticktext || [], ticks_x = xaxis.ticktext || [];
  const left = Math.min(width * 0.45, 14 + LETTER * Math.max(1, ...ticks_y.map((t) => String(t).length)));
  const box = { left, top: 8, right: width - 12, bottom: height - 30 };
  const first = figure.data[0];
  const heat = first.type === "heatmap";
  const range_x = heat ? [-0.5, first.x.length - 0.5] : xaxis.range, range_y = yaxis.range;
  const px = (x) => box.left + ((x - range_x[0]) / (range_x[1] - range_x[0])) * (box.right - box.left);
  const py = (y) => box.bottom - ((y - range_y[0]) / (range_y[1] - range_y[0])) * (box.bottom - box.top);
  const tint = (token) => (token[0] === "@" ? `var(--crm-${token.slice(1)})` : token);
  const out = [`<svg class="cx-sketch" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true">`];
  const line = (x1, y1, x2, y2, colour) => out.push(`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}"/>`);
  const text = (x, y, words, anchor, colour, size = 12) => out.push(
    `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${size}" fill="${colour}">${escape_html(plain_words(words))}</text>`);
  const mark = (trace, i, html, said) => out.push(`<g data-trace="${trace}" data-mark="${i}">${html}<title>${escape_html(plain_words(said))}</title></g>`);
  (yaxis.tickvals || []).forEach((v, i) => {
    if (yaxis.showgrid !== false) line(box.left, py(v), box.right, py(v), "var(--crm-line)");
    text(box.left - 7, py(v) + 4, ticks_y[i], "end", tint((yaxis.tickfont || {}).color || "@muted"));
  });
  const room = Math.max(2, Math.floor((box.right - box.left) / (LETTER * Math.max(1, ...ticks_x.map((t) => String(t).length)) + 14)));
  const step = Math.max(1, Math.ceil(ticks_x.length / room));
  (xaxis.tickvals || []).forEach((v, i) => {
    if (xaxis.showgrid !== false) line(px(v), box.top, px(v), box.bottom, "var(--crm-line)");
    if (i % step === 0) text(px(v), box.bottom + 19, ticks_x[i], "middle", "var(--crm-muted)");
  });
  if (!heat && first.type === "bar") line(px(0), box.top, px(0), box.bottom, "var(--crm-line-strong)");
  else if (!heat && range_y[0] <= 0) line(box.left, py(0), box.right, py(0), "var(--crm-line-strong)");
  const stacked = {};
  figure.data.forEach((trace, t) => {
    if (trace.type === "scatter") {
      let pen = "";
      const path = trace.x.map((x, i) => {
        const gone = trace.y[i] === null;
        pen = gone ? "" : pen ? "L" : "M";
        return gone ? "" : `${pen}${px(x).toFixed(1)} ${py(trace.y[i]).toFixed(1)}`;
      }).join("");
      out.push(`<path d="${path}" fill="none" stroke="${tint(trace.line.color)}" stroke-width="${trace.line.width}"${trace.line.dash === "dot" ? ' stroke-dasharray="3 3"' : ""}/>`);
      trace.x.forEach((x, i) => {
        if (trace.y[i] !== null) mark(t, i, `<circle cx="${px(x)}" cy="${py(trace.y[i])}" r="${trace.mode === "lines" ? 1.5 : 3}" fill="${tint(trace.marker.color)}"/>`, trace.text[i]);
      });
    } else if (trace.type === "bar") {
      const whole = (Math.abs(py(1) - py(0))) * (1 - figure.layout.bargap), n = barmode === "group" ? figure.data.length : 1;
      trace.x.forEach((x, i) => {
        if (x === null) return;
        const base = trace.base ? trace.base[i] : barmode === "stack" ? stacked[i] || 0 : 0;
        if (barmode === "stack") stacked[i] = base + x;
        const from = px(Math.min(base, base + x)), to = px(Math.max(base, base + x));
        const thick = whole / n, y = py(trace.y[i]) - whole / 2 + (n > 1 ? t * thick : 0);
        const colour = Array.isArray(trace.marker.color) ? trace.marker.color[i] : trace.marker.color;
        mark(t, i, `<rect x="${from}" y="${y}" width="${Math.max(0.5, to - from)}" height="${thick}" rx="2" fill="${tint(colour)}"${trace.marker.line ? ' stroke="var(--crm-panel)"' : ""}/>`, trace.hovertext[i]);
        if (trace.text && trace.text[i]) text(x < 0 ? from - 4 : to + 4, y + thick / 2 + 4, trace.text[i], x < 0 ? "end" : "start", "var(--crm-text)");
      });
    } else if (heat) {
      const low = trace.zmin, spread = trace.zmax - trace.zmin || 1;
      const w = Math.abs(px(1) - px(0)), tall = Math.abs(py(1) - py(0));
      trace.z.forEach((cells, r) => cells.forEach((z, c) => {
        if (z === null) return;
        const share = Math.round((100 * (z - low)) / spread);
        const fill_with = `color-mix(in srgb, ${tint(trace.colorscale[1][1])} ${share}%, ${tint(trace.colorscale[0][1])})`;
        mark(t, r * cells.length + c, `<rect x="${px(c) - w / 2 + 1}" y="${py(r) - tall / 2 + 1}" width="${w - 2}" height="${tall - 2}" style="fill:${fill_with}"/>`, trace.hovertext[r][c]);
        if (trace.text) text(px(c), py(r) + 4, trace.text[r][c], "middle", share > 62 ? "var(--crm-accent-text)" : "var(--crm-text)", 11);
      }));
    }
  });
  out.push("</svg>");
  const holder = document.createElement("div");
  holder.innerHTML = out.join("");
  return holder.firstChild;
}

// our texts carry plotly's markup: bold, line breaks, and escaped signs
function plain_words(text) {
  return String(text).replace(/<br>/g, "\n").replace(/<\/?b>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
