// A figure of plain plotly JSON, drawn with the page's one plotly.js. Colours in it may be tokens ("@accent", "@series-2"): they
// are read from the page's style, so a change of theme needs no answer from Python.

let plotly_waits = null;

// the gallery serves plotly.js as a file; elsewhere (JupyterLab) the kernel sends its own copy once
function plotly_address() {
  return (window.crmlab && window.crmlab.plotlyUrl) || null;
}

function load_plotly(url, ask_kernel) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  if (plotly_waits) return plotly_waits;
  const script = (source) => new Promise((done, failed) => {
    const node = document.createElement("script");
    node.src = source;
    // an AMD loader on the page (notebook classic) would swallow plotly's global
    const amd = window.define && window.define.amd;
    if (amd) window.define.amd = undefined;
    const restore = () => { if (amd) window.define.amd = amd; };
    node.onload = () => { restore(); if (window.Plotly) done(window.Plotly); else failed(new Error("plotly")); };
    node.onerror = () => { restore(); failed(new Error("plotly")); };
    document.head.append(node);
  });
  const from_kernel = async () => {
    const bytes = await ask_kernel();
    const link = URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
    return script(link).finally(() => URL.revokeObjectURL(link));
  };
  // the page, or another widget on it, may be loading it already
  const own = () => (window.Plotly ? window.Plotly : url ? script(url).catch(from_kernel) : from_kernel());
  plotly_waits = window.crmlab_plotly ? window.crmlab_plotly.then(() => window.Plotly || own(), own) : Promise.resolve(own());
  window.crmlab_plotly = plotly_waits;
  plotly_waits.catch(() => { plotly_waits = null; delete window.crmlab_plotly; });
  return plotly_waits;
}

function coloured(node, style) {
  if (typeof node === "string") {
    return node[0] === "@" ? style.getPropertyValue(`--crm-${node.slice(1)}`).trim() || node : node;
  }
  if (Array.isArray(node)) return node.map((n) => coloured(n, style));
  if (node && typeof node === "object") return Object.fromEntries(Object.entries(node).map(([k, v]) => [k, coloured(v, style)]));
  return node;
}

// plotly's start holds the page for a second or so: not while the reader makes the first clicks, unless the pointer is on the chart
let plotly_starts = null;
function plotly_may_start(plot) {
  plotly_starts = plotly_starts || new Promise((now) => {
    setTimeout(() => (window.requestIdleCallback ? requestIdleCallback(now, { timeout: 3000 }) : now()), 2500);
  });
  return Promise.race([plotly_starts, new Promise((now) => plot.addEventListener("pointerenter", now, { once: true }))]);
}

// figure = {title, caption, alt, data, layout, paths: {trace: [path, …]}}; ask({do: "drill", path})
async function draw_chart(box, figure, texts, { url, ask_kernel, ask }) {
  box.classList.add("cx-chart-box");
  let plot = box.querySelector(".cx-plot");
  if (!plot) {
    plot = h("div", { class: "cx-plot", role: "img" });
    box.replaceChildren(h("h3", { class: "cx-chart-title" }), h("ul", { class: "cx-legend" }), plot, h("p", { class: "cx-caption" }));
  }
  box.figure = figure;
  box.querySelector(".cx-chart-title").textContent = figure ? figure.title : "";
  box.querySelector(".cx-caption").textContent = figure ? figure.caption : "";
  box.querySelector(".cx-legend").replaceChildren(...((figure && figure.legend) || []).map((entry) =>
    h("li", {}, h("i", { style: `background: var(--crm-${entry.colour.slice(1)})`, "aria-hidden": "true" }), entry.label)));
  plot.hidden = !figure || !figure.data.length;
  if (plot.hidden) return;
  plot.setAttribute("aria-label", figure.alt);
  const count = () => { box.dataset.drawn = String(Number(box.dataset.drawn || 0) + 1); };
  const go = (trace, mark) => {
    const path = ((box.figure.paths || [])[trace] || [])[mark];
    if (path && path.length) ask({ do: "drill", path });
  };
  if (!window.Plotly || !plot.data) {
    const sketched = sketch(figure, plot.clientWidth, chart_height(figure, plot.clientWidth));
    sketched.addEventListener("click", (event) => {
      const hit = event.target.closest("[data-mark]");
      if (hit) go(Number(hit.dataset.trace), Number(hit.dataset.mark));
    });
    plot.replaceChildren(sketched);
    count();
  }
  let plotly;
  try {
    if (!window.Plotly) await plotly_may_start(plot);
    plotly = await load_plotly(url, ask_kernel);
  } catch {
    return; // the sketch stays: it says the same
  }
  if (box.figure !== figure || !box.isConnected) return; // a newer figure has come meanwhile
  if (plot.querySelector(".cx-sketch")) plot.replaceChildren();
  const style = getComputedStyle(box);
  const width = plot.clientWidth;
  const layout = { ...figure.layout, width, height: chart_height(figure, width), showlegend: false };
  await plotly.react(plot, coloured(figure.data, style), coloured(narrowed(layout, width), style),
    { displayModeBar: false, responsive: false, showTips: false, doubleClick: false, locale: "en" });
  // what plotly draws is one picture with a text beside it: nothing in it should stop the Tab key
  plot.querySelectorAll("svg").forEach((svg) => svg.setAttribute("aria-hidden", "true"));
  plot.removeAllListeners("plotly_click");
  plot.on("plotly_click", (event) => {
    const { curveNumber, pointNumber } = event.points[0];
    go(curveNumber, Array.isArray(pointNumber) ? pointNumber[0] * (box.figure.width || 1) + pointNumber[1] : pointNumber);
  });
  if (!box.watch) {
    let was = width;
    box.watch = new ResizeObserver(() => {
      const now = plot.clientWidth;
      if (!now || Math.abs(now - was) < 2 || !box.figure || !window.Plotly) return;
      was = now;
      window.Plotly.relayout(plot, { ...narrow_marks(box.figure, now), width: now, height: chart_height(box.figure, now) });
    });
    box.watch.observe(plot);
  }
  count();
}

function chart_height(figure, width) {
  const rows = figure.bars || 0;
  return rows ? Math.max(200, rows * 27 + 48) : Math.max(270, Math.min(400, width * 0.7));
}

// on a phone every second tick text would overlap the next one
function narrow_marks(figure, width) {
  const marks = {};
  for (const axis of ["xaxis", "yaxis"]) {
    const given = figure.layout[axis];
    if (!given || !given.ticktext || axis === "yaxis") continue;
    const letters = Math.max(...given.ticktext.map((t) => String(t).length), 1);
    const beside = (figure.layout.yaxis || {}).ticktext || [];
    const taken = Math.max(58, Math.min(width * 0.6, 14 + 6.4 * Math.max(0, ...beside.map((t) => String(t).length)))) + 12;
    const room = Math.max(2, Math.floor((width - taken) / (letters * 6.4 + 14)));
    if (given.ticktext.length > room && !given.tickangle) {
      const step = Math.ceil(given.ticktext.length / room);
      marks[`${axis}.tickvals`] = given.tickvals.filter((_, i) => i % step === 0);
      marks[`${axis}.ticktext`] = given.ticktext.filter((_, i) => i % step === 0);
    } else {
      marks[`${axis}.tickvals`] = given.tickvals;
      marks[`${axis}.ticktext`] = given.ticktext;
    }
  }
  return marks;
}

function narrowed(layout, width) {
  const out = { ...layout };
  for (const [key, given] of Object.entries(narrow_marks({ layout }, width))) {
    const [axis, part] = key.split(".");
    out[axis] = { tickangle: 0, ...out[axis], [part]: given };
  }
  return out;
}

// called when the theme changes
function recolour_chart(box) {
  const plot = box.querySelector(".cx-plot");
  if (!box.figure || !window.Plotly || !plot || plot.hidden || !plot.data) return;
  const style = getComputedStyle(box);
  window.Plotly.react(plot, coloured(box.figure.data, style), { ...coloured(narrowed(box.figure.layout, plot.clientWidth), style),
    width: plot.clientWidth, height: chart_height(box.figure, plot.clientWidth), showlegend: false }, { displayModeBar: false, locale: "en" });
}
